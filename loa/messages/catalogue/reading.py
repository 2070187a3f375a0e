"""E100 to E129, E160 and E161: reading the files of the staff (what the schema says is in ``shape``)."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E100": Sentence("Có {count} chỗ cần sửa.", "{count} problem(s) found."),
    # the file as a whole
    "E101": Sentence(
        "Không mở được tệp ({reason}).",
        "The file cannot be opened ({reason}).",
        "Kiểm tra lại tên tệp, chữ hoa chữ thường và quyền đọc.",
        "Check the name of the file, its letter case and the right to read it.",
    ),
    "E102": Sentence(
        "Tệp quá lớn ({size} MB), tối đa {limit} MB.",
        "The file is too big ({size} MB); the limit is {limit} MB.",
        "Chia thành nhiều chiến dịch, mỗi chiến dịch một tệp; ảnh và phim để riêng trong content/.",
        "Split it into several campaigns, one file each; pictures and clips are files of their own in content/.",
    ),
    "E103": Sentence(
        "Tệp lưu theo bảng mã UTF-16, không phải UTF-8.",
        "The file is saved as UTF-16, not as UTF-8.",
        'Trong Notepad: Tệp → Lưu thành → mục "Mã hóa" chọn UTF-8 → Lưu.',
        'In Notepad: File → Save as → "Encoding": UTF-8 → Save.',
    ),
    "E104": Sentence(
        "Ở đây có byte {byte} không phải UTF-8; có thể tệp được lưu bằng bảng mã cũ (TCVN3, VNI, Windows-1258).",
        "The byte {byte} here is not UTF-8; the file may be saved in an old encoding (TCVN3, VNI, Windows-1258).",
        "Chuyển nội dung sang Unicode rồi lưu lại tệp với mã hóa UTF-8.",
        "Convert the text to Unicode and save the file as UTF-8.",
    ),
    "E105": Sentence(
        "Ở đây có ký tự ẩn {sign}, thường lọt vào khi dán từ Word hoặc PDF.",
        "There is a hidden sign {sign} here; it often comes in when text is pasted from Word or a PDF.",
        "Xóa ký tự này (xóa và gõ lại chỗ đó), hoặc dán lại dạng văn bản thuần.",
        "Delete it (delete and type that spot again), or paste as plain text.",
    ),
    "E106": Sentence(
        "Tệp không có nội dung.",
        "The file is empty.",
        "Điền nội dung, hoặc xóa tệp nếu không dùng.",
        "Fill it in, or delete it if it is not needed.",
    ),
    "E107": Sentence(
        'Nội dung phải gồm các dòng "tên: giá trị".',
        'The content must be made of "name: value" lines.',
        "Xem tệp mẫu do lệnh loa init tạo ra.",
        "See the sample that loa init lays out.",
    ),
    "E108": Sentence(
        "Còn {count} chỗ khác cần sửa trong tệp này.",
        "There are {count} more problems in this file.",
        "Sửa những chỗ đã nêu rồi kiểm tra lại.",
        "Mend what is listed and check again.",
    ),
    # YAML
    "E110": Sentence(
        "Dòng này thụt lề bằng tab hoặc dấu cách lạ.",
        "This line is indented with a tab or an odd kind of space.",
        "Xóa phần thụt lề ở đầu dòng rồi gõ lại bằng dấu cách thường.",
        "Delete the indentation and type it again with plain spaces.",
    ),
    "E111": Sentence(
        "Ngoặc kép cong “ ” không phải dấu ngoặc của YAML, nên sẽ bị in ra cùng nội dung.",
        "Curly quotes “ ” are not the quotes of YAML; they would be printed with the text.",
        'Dùng ngoặc thẳng: "{text}". Nếu muốn in cả ngoặc cong thì viết "“{text}”".',
        'Use straight quotes: "{text}". To print the curly ones, write "“{text}”".',
    ),
    "E112": Sentence(
        "{text} đứng sau dấu cách nên YAML coi là chú thích và bỏ mất từ đây đến hết dòng.",
        "{text} stands after a space, so YAML takes it for a comment and drops it and the rest of the line.",
        "Đặt cả giá trị trong ngoặc kép để giữ hashtag; nếu là chú thích thật thì thêm dấu cách sau #.",
        "Put the whole value in quotes to keep the hashtag; for a real comment write a space after #.",
    ),
    "E113": Sentence(
        "Giá trị có dấu hai chấm nên YAML hiểu nhầm thành một mục mới.",
        "The value has a colon in it, so YAML takes it for a new entry.",
        "Đặt giá trị trong ngoặc kép: {fixed}",
        "Put the value in quotes: {fixed}",
    ),
    "E114": Sentence(
        "Giá trị không được bắt đầu bằng ký tự {sign} (YAML dành ký tự này cho việc khác).",
        "A value may not begin with {sign} (YAML keeps that sign for something else).",
        "Đặt giá trị trong ngoặc kép: {fixed}",
        "Put the value in quotes: {fixed}",
    ),
    "E115": Sentence(
        "Giá trị bắt đầu bằng {{{{ phải đặt trong ngoặc kép.",
        "A value that begins with {{{{ must be in quotes.",
        "Viết {fixed}",
        "Write {fixed}",
    ),
    "E116": Sentence(
        "Dấu ngoặc mở ở đây nhưng không đóng trên dòng này.",
        "The quotes open here and do not close on this line.",
        "Thêm dấu ngoặc đóng ở cuối giá trị.",
        "Add the closing quotes at the end of the value.",
    ),
    "E117": Sentence(
        "Dòng này thụt lề không khớp với các dòng cùng nhóm ở trên.",
        "The indentation of this line does not fit the lines above.",
        "Cho các dòng cùng nhóm bắt đầu ở cùng một cột; nội dung bên trong lùi vào 2 dấu cách.",
        "Let lines of one group begin in the same column; what is inside is indented by 2 spaces.",
    ),
    "E118": Sentence(
        'Dòng này không có dạng "tên: giá trị" (thiếu dấu hai chấm, hoặc thiếu dấu cách sau dấu hai chấm).',
        'This line is not "name: value" (no colon, or no space after the colon).',
        "Viết tên mục, dấu hai chấm, dấu cách rồi đến giá trị; văn bản nhiều dòng thì dùng dấu | sau dấu hai chấm.",
        "Write the name, a colon, a space and the value; for a text of several lines put | after the colon.",
    ),
    "E119": Sentence(
        "Dấu \\ trong ngoặc kép có nghĩa riêng với YAML.",
        "Inside double quotes a \\ has a meaning of its own.",
        "Dùng ngoặc đơn: {fixed}",
        "Use single quotes: {fixed}",
    ),
    "E120": Sentence(
        'Mục "{name}" đã có ở dòng {first}.',
        '"{name}" is already on line {first}.',
        "Giữ một mục, xóa hoặc gộp mục kia.",
        "Keep one of them; delete or merge the other.",
    ),
    "E121": Sentence(
        'Không dùng nhãn kiểu YAML "{name}".',
        'The YAML tag "{name}" is not allowed.',
        "Xóa nhãn này; nếu dấu ! là nội dung thì đặt giá trị trong ngoặc kép.",
        "Delete the tag; if the ! is text, put the value in quotes.",
    ),
    "E122": Sentence(
        'Không dùng neo & và tham chiếu * của YAML ("{name}").',
        'The anchors (&) and aliases (*) of YAML are not allowed ("{name}").',
        "Viết đầy đủ nội dung ở đây; nếu dấu & hoặc * là nội dung thì đặt giá trị trong ngoặc kép.",
        "Write the content in full; if the & or * is text, put the value in quotes.",
    ),
    "E123": Sentence(
        "Nội dung lồng nhau quá {limit} lớp.",
        "The content is nested more than {limit} levels deep.",
        "Kiểm tra thụt lề và các dấu ngoặc [ ] {{ }} thừa.",
        "Check the indentation and for stray brackets [ ] {{ }}.",
    ),
    "E124": Sentence(
        "Một tệp chỉ có một nội dung, không dùng --- để ngăn hay %YAML ở đầu.",
        "A file has one document: no --- in between and no %YAML at the top.",
        "Tách thành hai tệp, hoặc xóa dòng này.",
        "Make two files of it, or delete this line.",
    ),
    "E125": Sentence(
        "Tên mục phải là chữ, không phải danh sách hay nhóm.",
        "The name of an entry must be a word, not a list or a group.",
        "Nếu đây là nội dung thì đặt cả giá trị trong ngoặc kép.",
        "If this is text, put the whole value in quotes.",
    ),
    "E126": Sentence(
        "Danh sách không được bắt đầu ngay sau dấu hai chấm.",
        "A list may not begin on the line of its name.",
        "Xuống dòng, lùi vào 2 dấu cách rồi viết dấu gạch đầu dòng; nếu là nội dung thì viết {fixed}",
        "Go to the next line, indent by 2 spaces and write the dash; if it is text, write {fixed}",
    ),
    "E127": Sentence(
        "Còn chữ sau dấu ngoặc đóng.",
        "There is text after the closing quotes.",
        "Đặt cả giá trị trong một cặp ngoặc: {fixed}",
        "Put the whole value in one pair of quotes: {fixed}",
    ),
    "E128": Sentence(
        "Dấu {opening} mở ở đây nhưng chưa đóng, hoặc thiếu dấu phẩy bên trong.",
        "The {opening} opens here and is not closed, or a comma is missing inside.",
        "Đóng dấu ngoặc; nếu là nội dung thì đặt giá trị trong ngoặc kép.",
        "Close it; if it is text, put the value in quotes.",
    ),
    "E129": Sentence(
        "Chỗ này viết sai cú pháp YAML ({detail}).",
        "This is not valid YAML ({detail}).",
        "So sánh với tệp mẫu do lệnh loa init tạo ra.",
        "Compare with the sample that loa init lays out.",
    ),
    # front matter
    "E160": Sentence(
        "Phần đầu tệp mở bằng --- nhưng không có dòng --- đóng lại.",
        "The front matter opens with --- and has no --- line to close it.",
        "Thêm một dòng --- sau các mục title, summary …",
        "Add a line --- after title, summary …",
    ),
    "E161": Sentence(
        'Mục "{name}" ở phần đầu tệp phải là một giá trị hoặc danh sách giá trị.',
        '"{name}" in the front matter must be one value or a list of values.',
        'Đặt giá trị trong ngoặc kép nếu có dấu hai chấm; danh sách thì viết mỗi phần tử một dòng "- ".',
        'Put the value in quotes if it has a colon; write a list with one "- " line for each entry.',
    ),
}
