"""E470 to E479: bulletins for loudspeakers and sound."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E470": Sentence(
        "Chưa có giọng đọc để làm tệp {format} của “{template}”.",
        "There is no voice to make {format} of “{template}”.",
        "Dựng khổ script để lấy lời đọc, thu âm bằng điện thoại ở phòng yên tĩnh, chép tệp vào thư mục làm việc "
        "rồi ghi đường dẫn vào trường recording; hoặc khai báo giọng máy trong loa.yaml (xem docs/ban-tin-loa.md).",
        "Make the format script to get the words, record them with a phone in a quiet room, copy the file into the "
        "workspace and name it in the field recording; or set a voice in loa.yaml (see docs/ban-tin-loa.md).",
    ),
    "E471": Sentence(
        "Tệp âm thanh “{path}” không đọc hoặc không ghi được: {reason}",
        "The sound “{path}” cannot be read or written: {reason}",
        "Dùng tệp WAV, MP3 hoặc M4A nghe được trên máy; kiểm tra dung lượng đĩa.",
        "Use a WAV, MP3 or M4A that plays on your machine; check the free space of the disk.",
    ),
    "E472": Sentence(
        "Tệp âm thanh “{path}” gần như không có tiếng, hoặc ngắn hơn nửa giây.",
        "The sound “{path}” is all but silent, or shorter than half a second.",
        "Thu lại, để micrô cách miệng khoảng một gang tay và xem mức âm lượng khi thu.",
        "Record it again, a hand's breadth from the microphone, and watch the level.",
    ),
    "E473": Sentence(
        "Không đưa được “{path}” về độ lớn {wanted} LUFS (chỉ tới {reached}); tiếng quá gắt.",
        "“{path}” cannot be brought to {wanted} LUFS (it reaches {reached}): its peaks are too sharp.",
        "Thu lại ở nơi yên tĩnh, tránh tiếng gõ, tiếng gió vào micrô.",
        "Record it again in a quiet place, without knocks or wind on the microphone.",
    ),
    "E474": Sentence(
        "Không tìm thấy chương trình đọc “{program}” trên máy này.",
        "The program “{program}” that should read was not found on this machine.",
        "Cài chương trình đó, hoặc ghi đường dẫn của nó ở voice.program trong loa.yaml.",
        "Install it, or give its path as voice.program in loa.yaml.",
    ),
    "E475": Sentence(
        "Chương trình đọc “{program}” không đọc được: {reason}",
        "The program “{program}” could not read: {reason}",
        "Chạy thử chương trình đó riêng; kiểm tra tệp giọng đọc.",
        "Try the program by itself; check the file of the voice.",
    ),
    "E476": Sentence(
        "Không tìm thấy tệp thu âm “{path}”.",
        "The recording “{path}” was not found.",
        "Kiểm tra trường recording; tệp phải nằm trong thư mục làm việc.",
        "Check the field recording; the file must lie in the workspace.",
    ),
    "E477": Sentence(
        "Bản tin “{template}” dài khoảng {length} phút, nhiều nhất {most} phút.",
        "The bulletin “{template}” takes about {length} minutes; {most} at most.",
        "Rút gọn lời, hoặc chia thành hai bản tin.",
        "Shorten it, or make two bulletins of it.",
    ),
    "E478": Sentence(
        "Giọng đọc {engine} cần khóa {key} ở mục voice.",
        "The voice {engine} needs the key {key} under voice.",
        "piper cần model: tệp giọng .onnx; command cần lệnh có {{text}} và {{sound}} (xem docs/ban-tin-loa.md).",
        "piper needs model, a .onnx file; command needs both {{text}} and {{sound}} (see docs/ban-tin-loa.md).",
    ),
}
