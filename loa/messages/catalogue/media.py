"""E98x: finished assets that several machines share."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E980": Sentence(
        "Mục media khai chưa đúng ở: {keys}.",
        "media is not in order at: {keys}.",
        "Chọn một trong hai: chỉ ghi folder (đường dẫn đầy đủ của thư mục mạng), hoặc ghi đủ endpoint (https://…), "
        "bucket, region, access_key và secret_key.",
        "Give one of two: folder alone (the whole path of the network folder), or all of endpoint (https://…), bucket, "
        "region, access_key and secret_key.",
    ),
    "E981": Sentence(
        "Chưa liên lạc được với kho ấn phẩm dùng chung {place}: {detail}",
        "The shared store of assets {place} cannot be reached now: {detail}",
        "Không mất gì: lượt gửi cần tệp ở kho sẽ chờ và Loa tự thử lại. Kiểm tra mạng và máy chủ của kho; lệnh đang "
        "chạy dở thì chạy lại khi kho thông.",
        "Nothing is lost: what needs a file of the store waits, and Loa tries again. Check the network and the store; "
        "run an interrupted command again.",
    ),
    "E982": Sentence(
        "Kho ấn phẩm dùng chung {place} từ chối: {detail}",
        "The shared store of assets {place} refuses: {detail}",
        "Kiểm tra chỗ trống, quyền đọc, ghi, liệt kê và khóa truy cập của kho; Loa tự thử lại.",
        "Check its free space, the rights to read, write and list, and the keys; Loa tries again.",
    ),
    "E983": Sentence(
        "Tệp {name} trong kho ấn phẩm dùng chung không đúng với mã băm của nó nên không được dùng.",
        "The file {name} of the shared store of assets does not have the hash of its name; it is not used.",
        "Chạy `loa render` trên máy này để dựng lại và thay tệp hỏng; nếu gặp lại, xem ai có quyền ghi vào kho.",
        "Run `loa render` on this machine to make it again and replace it; if it returns, see who may write there.",
    ),
    "E984": Sentence(
        "Máy phát phụ {host} từ chối dựng {template}: {detail}",
        "The worker {host} refuses to make {template}: {detail}",
        "Chép cùng một bộ tệp (loa.yaml, templates, content) và cài cùng một phiên bản Loa lên mọi máy, khởi động lại "
        "máy phát phụ, rồi chạy lại; hoặc thêm `--here` để dựng tại máy này.",
        "Put the same files (loa.yaml, templates, content) and the same version of Loa on every machine, restart the "
        "worker and run it again; or make it on this machine with `--here`.",
    ),
}
