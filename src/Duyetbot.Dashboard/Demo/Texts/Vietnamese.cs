namespace Duyetbot.Dashboard.Demo.Texts;

/// <summary>Vietnamese.</summary>
internal static class Vietnamese
{
    public const string Text = """
        === Webhook thanh toán trả 504 từ 9 giờ | incident
        >>> Em ơi, sao webhook thanh toán trả 504 từ 9 giờ sáng vậy? Khách Nhật vừa gửi: 「決済の通知が届きません。今朝9時ごろから webhook がタイムアウトしています。至急ご確認ください。」
        <<< Từ 09:02 đến 09:13 có **§n lần** gọi webhook bị cắt đúng sau 30 giây. Nguyên nhân là câu truy vấn ở `orders_by_day` quét cả bảng vì cột ngày bị bọc trong hàm:

        ```sql
        -- trước: quét cả bảng, §ms ms
        SELECT count(*) FROM orders WHERE date(created_at) = '2026-11-23';

        -- sau: idx_orders_created_at, 4 ms
        SELECT count(*) FROM orders
        WHERE created_at >= 1795366800000 AND created_at < 1795453200000;
        ```

        Em chưa chạy được phần kiểm tra lại vì truy vấn vượt 15 giây.
        >>> Đã sửa và deploy rồi, em kiểm tra lại webhook giúp chị.
        <<< Sau bản `§v` em thấy:

        | Khoảng | Lượt gọi | Lỗi | p95 |
        |---|---:|---:|---:|
        | 09:00–09:15 | §k | §n | 30.000 ms |
        | 11:30–11:45 | §k | 0 | 212 ms |

        Không còn 504 nào. ✅
        >>> Còn hàng đợi thì sao, có bị dồn không?
        <<< Hàng đợi `§svc` còn **§n** việc, cũ nhất lúc §t. Tốc độ xử lý khoảng §n việc/giây nên sẽ hết trong vài phút nữa.

        - việc lỗi: §n
        - việc đang thử lại: §n
        >>> Viết giúp chị tin nhắn trả lời khách Nhật nhé, lịch sự một chút.
        <<< Dạ, bản nháp đây ạ:

        > ご連絡ありがとうございます。本日 9:02 から 9:13 の間、Webhook の処理が一時的に遅延しておりました。現在は復旧しており、未送信の通知は順次再送しております。ご不便をおかけし申し訳ございません。
        >>> Tóm tắt lại thành postmortem ngắn.
        <<< ## Postmortem: webhook 504

        1. **Ảnh hưởng**: §n lần gọi thất bại trong 11 phút.
        2. **Nguyên nhân**: truy vấn không dùng được chỉ mục.
        3. **Khắc phục**: viết lại điều kiện thời gian, bản `§v`.
        4. **Phòng ngừa**:
           - thêm kiểm tra `EXPLAIN QUERY PLAN` vào CI
           - cảnh báo khi p95 > 5 giây
        === Tóm tắt sự cố hàng đợi đêm qua | summary
        >>> Tóm tắt sự cố hàng đợi đêm qua giúp mình, 3 dòng thôi
        <<< - Ba lần timeout liên tiếp lúc 02:14, 02:19 và 02:31 ở worker `§svc`.
        - §n việc phải chạy lại, không mất dữ liệu.
        - Đã tự hồi phục lúc §t, nguyên nhân là khoá ghi giữ quá §ms ms.
        >>> Có ai bị ảnh hưởng không?
        <<< Có §n người dùng nhận thông báo chậm hơn 5 phút. Không ai báo lỗi qua kênh hỗ trợ.
        >>> ok cảm ơn em 👍
        <<< Dạ không có gì ạ! Cần gì anh/chị cứ nhắn. 😊
        === Viết lại runbook cho ca đêm | writing
        >>> Viết lại runbook cho ca đêm: khi worker không phản hồi thì làm gì theo thứ tự?
        <<< ### Khi worker không phản hồi

        1. Xem bảng điều khiển: lỗi > 5 % trong 5 phút?
        2. Kiểm tra log:

           ```bash
           wrangler tail §svc --format=json | jq 'select(.outcome != "ok") | .exceptions[0].message'
           ```

        3. Nếu timeout lặp lại quá ba lần thì **gọi người trực thứ hai**.
        4. Quay lui bản trước: `wrangler rollback --message "§id"`.
        5. Ghi lại thời điểm và mã sự cố `INC-§n`.
        >>> Thêm phần liên hệ và thời gian phản hồi
        <<< | Mức | Phản hồi | Ai |
        |---|---|---|
        | SEV1 | 5 phút | người trực + trưởng nhóm |
        | SEV2 | 30 phút | người trực |
        | SEV3 | giờ làm việc | nhóm `§svc` |
        >>> Dịch đoạn này sang tiếng Anh cho team bên kia
        <<< **When a worker does not respond**: check the dashboard first; if errors stay above 5 % for five minutes, read the worker's log. After three timeouts in a row call the second person on duty, then roll back.
        === So sánh ba nhà cung cấp vector DB | research
        >>> So sánh ba nhà cung cấp vector DB cho 10 triệu vector 768 chiều, ưu tiên rẻ
        <<< Với 10 triệu vector × 768 chiều (khoảng **30 GB** thô):

        | | p95 | timeout | giá/tháng |
        |---|---:|---:|---:|
        | A | 50 ms | 200 ms | khoảng §n USD |
        | B | 38 ms | 500 ms | khoảng §n USD |
        | Tự chạy | 61 ms | tuỳ | chi phí máy |

        Nếu ưu tiên rẻ và chấp nhận tự vận hành: tự chạy. Số liệu giá em **chưa kiểm chứng** với hợp đồng.
        >>> Recall thì sao?
        <<< Ở `ef_search = 64` recall@10 khoảng §pct %. Nâng lên 128 thì tăng độ trễ chừng §pct %.

        ```python
        import numpy as np

        def recall(truth: np.ndarray, found: np.ndarray, k: int = 10) -> float:
            hits = sum(len(set(t[:k]) & set(f[:k])) for t, f in zip(truth, found))
            return hits / (len(truth) * k)
        ```
        >>> Chốt phương án nào em đề xuất?
        <<< Em đề xuất **thử phương án tự chạy trong 2 tuần** với 1 triệu vector, đo recall và chi phí thật rồi mới quyết.
        === Gợi ý tên biến cho cấu hình | code
        >>> Gợi ý tên biến cho thời gian chờ của request với?
        <<< `request_timeout_ms` rõ nghĩa hơn `timeout`: có đơn vị và phạm vi.
        >>> Còn số lần thử lại?
        <<< `max_attempts` (kể cả lần đầu) hoặc `max_retries` (không kể lần đầu). Chọn một và ghi rõ trong chú thích.

        ```ts
        export interface RetryOptions {
          /** Including the first try; at least 1. */
          maxAttempts: number;
          requestTimeoutMs: number;
        }
        ```
        === Chuyển lịch trực tuần 48 | task
        >>> Chuyển lịch trực tuần 48 của mình sang thứ Năm được không
        <<< Được ạ. Em đã đổi: **thứ Năm 09:00–18:00**, người thay là `minh.tran`. Anh xác nhận giúp em nhé?
        >>> xác nhận
        <<< ✅ Đã cập nhật lịch và báo vào kênh `#truc-ca`. Nhớ đặt lại timeout cảnh báo thành 10 phút ạ.
        >>> Nhắc mình trước 30 phút nữa
        <<< Đã đặt lịch nhắc lúc 08:30 thứ Năm. ⏰
        """;
}
