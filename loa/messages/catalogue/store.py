"""E7xx: the book, the engine and the heartbeat."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E701": Sentence(
        "Không mở được sổ phát {place}: {detail}",
        "The book {place} cannot be opened: {detail}",
        "Kiểm tra ổ đĩa và quyền ghi; nếu tệp hỏng, khôi phục từ bản sao lưu.",
        "Check the disk and its permissions; if the file is damaged, restore a backup.",
    ),
    "E702": Sentence(
        "Sổ phát do phiên bản khác của Loa ghi (số hiệu {found}, cần {wanted}).",
        "The book was written by another version of Loa (schema {found}, wanted {wanted}).",
        "Cài bản Loa mới nhất (pip install --upgrade loa); sổ được giữ nguyên.",
        "Install the newest Loa (pip install --upgrade loa); the book is left as it is.",
    ),
    "E703": Sentence(
        "Đang có một bộ lịch phát khác chạy cho thư mục này: tiến trình {pid} trên máy {host}, từ {since}.",
        "Another scheduler already runs for this workspace: process {pid} on {host}, since {since}.",
        "Mỗi thư mục chỉ chạy một bộ lịch phát; hãy dùng bộ đang chạy hoặc tắt nó trước.",
        "One workspace runs one scheduler; use the running one or end it first.",
    ),
    "E705": Sentence(
        "Thiếu gói {module} để mở sổ phát trên PostgreSQL.",
        "The package {module} is needed for a book on PostgreSQL.",
        "Cài: pip install 'loa[postgresql]'.",
        "Install it: pip install 'loa[postgresql]'.",
    ),
    "E706": Sentence(
        "Sổ phát này đã phát vào bãi tập: tin “đã phát” trong sổ chưa hề lên kênh thật nên không dùng để phát thật.",
        "This book was sent to a sandbox: what it calls done is on no real channel, so it cannot be used for real.",
        "Cất sổ của bãi tập đi: đổi tên var/book.sqlite, var/journal và var/handoff, rồi `loa render`, "
        "`loa approve` lại.",
        "Put the sandbox's book aside: rename var/book.sqlite, var/journal and var/handoff, then `loa render`, "
        "`loa approve` anew.",
    ),
    "E707": Sentence(
        "Sổ phát này đã phát thật, nên không phát vào bãi tập: tin phát ở bãi tập sẽ bị ghi là đã phát.",
        "This book is of the real channels: what went to a sandbox would stand in it as done.",
        "Diễn tập bằng `loa rehearse`, hoặc chép thư mục làm việc (trừ var) sang chỗ khác rồi chạy ở đó.",
        "Use `loa rehearse`, or copy the workspace (without var) to another place and run it there.",
    ),
    "E708": Sentence(
        "{file} đang có và không phải bản sao lưu của Loa, nên không ghi đè lên.",
        "{file} is there and is no backup of Loa, so it is not written over.",
        "Chọn một tệp mới có đuôi .zip, hoặc một thư mục: `loa backup E:/sao-luu-loa`.",
        "Name a new file that ends in .zip, or a folder: `loa backup E:/loa-backups`.",
    ),
    "E709": Sentence(
        "Địa chỉ sổ phát (LOA_DATABASE_URL hoặc --to) viết không đúng: {detail}. Địa chỉ không in lại ở đây vì "
        "có thể có mật khẩu.",
        "The address of the book (LOA_DATABASE_URL or --to) is not written right: {detail}. It is not repeated here, "
        "as it may hold a password.",
        "Viết postgresql+psycopg://người-dùng@máy/cơ-sở-dữ-liệu và để mật khẩu trong tệp ~/.pgpass "
        "(docs/chuyen-so.md); mật khẩu trong địa chỉ thì viết @ thành %40.",
        "Write postgresql+psycopg://user@host/database and keep the password in the file ~/.pgpass "
        "(docs/chuyen-so.md); in a password within the address write @ as %40.",
    ),
    "E704": Sentence(
        "Tài khoản {account} thiếu khóa bí mật {secret}.",
        "Account {account} lacks the secret {secret}.",
        "Chạy `loa secret set {secret}`, hoặc đặt biến môi trường {variable}; sau đó `loa resume --accounts`.",
        "Run `loa secret set {secret}`, or set the environment variable {variable}; then `loa resume --accounts`.",
    ),
}
