namespace Duyetbot.Dashboard.Demo.Texts;

/// <summary>Thai.</summary>
internal static class Thai
{
    public const string Text = """
        === สรุปการประชุมวันนี้ | summary
        >>> ช่วยสรุปการประชุมวันนี้ให้หน่อยครับ
        <<< สรุปสั้น ๆ ครับ

        - ระบบ `§svc` ช้าลง **§pct %** ตั้งแต่เวลา §t
        - ทีมจะเพิ่มดัชนีในตารางคำสั่งซื้อ
        - นัดติดตามผลวันพฤหัสบดี
        >>> ใครเป็นคนรับผิดชอบครับ
        <<< คุณวิภารับผิดชอบเรื่องดัชนี ส่วนคุณณัฐพลดูเรื่องการแจ้งเตือนครับ
        >>> ขอบคุณครับ 🙏
        <<< ยินดีครับ 😊
        === เขียนคำสั่ง SQL | code
        >>> เขียน SQL นับคำสั่งซื้อต่อวันให้หน่อยค่ะ
        <<< ```sql
        SELECT created_at / 86400000 AS day, count(*) AS orders
        FROM orders
        GROUP BY day
        ORDER BY day DESC
        LIMIT §n;
        ```

        หน่วยของ `created_at` คือมิลลิวินาทีนะคะ
        >>> ถ้าต้องการตามเวลาไทยล่ะคะ
        <<< บวก 7 ชั่วโมงก่อนหารค่ะ: `(created_at + 25200000) / 86400000`
        """;
}
