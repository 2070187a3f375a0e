"""E928–E939: what ``loa doctor`` finds on this machine and in this workspace."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E928": Sentence(
        "Tệp của cơ quan còn {count} lỗi; khi chưa sửa thì không phát gì.",
        "The files of the workspace have {count} errors; nothing goes out until they are mended.",
        "Chạy `loa check` để xem từng lỗi, kèm tệp và dòng.",
        "Run `loa check` for each error with its file and line.",
    ),
    "E929": Sentence(
        "{count} việc giao người làm đã quá giờ mà chưa ai báo xong.",
        "{count} hand-offs are late and nobody has reported them done.",
        "Xem `loa handoff list`, làm nốt rồi báo xong bằng `loa handoff done`, hoặc hủy.",
        "See `loa handoff list`, finish them and tell with `loa handoff done`, or cancel.",
    ),
    "E930": Sentence(
        "Chờ {seconds} giây mà tài khoản chưa trả lời xong.",
        "The account did not finish answering within {seconds} seconds.",
        "Kiểm tra mạng rồi chạy lại; nếu vẫn vậy, gửi nội dung màn hình cho người phụ trách kỹ thuật.",
        "Check the network and run again; if it stays, show the screen to whoever looks after the machine.",
    ),
    "E931": Sentence(
        "Phông chữ của Loa không đọc được hoặc thiếu chữ tiếng Việt: {detail}.",
        "The fonts of Loa cannot be read or lack Vietnamese letters: {detail}.",
        "Cài lại Loa (uv sync, hoặc pip install --force-reinstall loa).",
        "Install Loa again (uv sync, or pip install --force-reinstall loa).",
    ),
    "E932": Sentence(
        "Không chạy được ffmpeg, hoặc bản này thiếu bộ mã cần cho clip: {detail}.",
        "ffmpeg does not run, or lacks a codec that clips need: {detail}.",
        "Cài lại gói imageio-ffmpeg; nếu phần mềm diệt virus chặn, hãy cho phép tệp ffmpeg.",
        "Install imageio-ffmpeg again; if a virus scanner blocks it, allow the ffmpeg file.",
    ),
    "E933": Sentence(
        "Ổ đĩa chứa {place} chỉ còn trống {free}.",
        "The disk of {place} has only {free} left.",
        "Dọn bớt ổ đĩa; xóa var/assets được (ấn phẩm sẽ được dựng lại), đừng xóa sổ phát.",
        "Free some space; var/assets may be deleted (it is made again), the book must stay.",
    ),
    "E934": Sentence(
        "Đồng hồ máy này lệch {seconds} giây so với máy chủ {host}.",
        "The clock of this machine is {seconds} seconds off, by the server {host}.",
        "Bật tự chỉnh giờ qua mạng (Windows: Cài đặt → Thời gian; Linux: timedatectl set-ntp true).",
        "Let the machine set its time by the network (Windows: Settings → Time; Linux: timedatectl set-ntp true).",
    ),
    "E935": Sentence(
        "Không hỏi được giờ của máy chủ nào ({detail}), nên chưa biết đồng hồ máy này có đúng không.",
        "No server could be asked for the time ({detail}), so nobody knows whether this clock is right.",
        "Kiểm tra mạng và tường lửa rồi chạy lại.",
        "Check the network and the firewall and run again.",
    ),
    "E936": Sentence(
        "Sổ phát {place} nằm trên {detail}: dễ hỏng sổ hoặc gửi trùng.",
        "The book {place} lies on {detail}: it may be damaged, or messages sent twice.",
        "Chuyển thư mục làm việc về ổ đĩa trong máy; nhiều máy dùng chung thì đặt LOA_DATABASE_URL tới PostgreSQL.",
        "Move the workspace to a local disk; where several machines share it, point LOA_DATABASE_URL at PostgreSQL.",
    ),
    "E937": Sentence(
        "Bộ lịch phát không chạy (nhịp gần nhất: {when}).",
        "The scheduler does not run (last beat: {when}).",
        "Chạy `loa run` (hoặc khởi động lại dịch vụ); tin đến giờ mà không có bộ lịch phát thì không được gửi.",
        "Start `loa run` (or its service); without it nothing goes out when its time comes.",
    ),
    "E938": Sentence(
        "Cổng {port} của máy này đang có chương trình dùng.",
        "Port {port} of this machine is in use.",
        "Nếu đó là `{command}` đang mở thì không sao; nếu không, dùng `{command} --port` với số khác.",
        "If that is `{command}` itself, all is well; else give `{command} --port` another number.",
    ),
    "E939": Sentence(
        "Tệp {place} người khác trên máy này cũng đọc được.",
        "Other users of this machine can read {place}.",
        "Chỉ cho tài khoản chạy Loa đọc: chmod 600.",
        "Let only the account that runs Loa read it: chmod 600.",
    ),
}
