namespace Duyetbot.Dashboard.Demo.Texts;

/// <summary>Arabic, written from right to left.</summary>
internal static class Arabic
{
    public const string Text = """
        === تلخيص تقرير الأداء | summary
        >>> من فضلك لخّص تقرير الأداء لهذا الأسبوع
        <<< الملخص:

        - زمن الاستجابة p95 للخدمة `§svc` هو **§ms ms**
        - نسبة الأخطاء §pct %
        - عدد الطلبات §k طلبًا
        >>> ما سبب الأخطاء؟
        <<< معظمها بسبب انتهاء المهلة (timeout) عند الاتصال بقاعدة البيانات الساعة §t.
        >>> شكرًا جزيلًا
        <<< على الرحب والسعة! 🌷
        === شرح رسالة خطأ | question
        >>> ماذا تعني الرسالة `ECONNRESET`؟
        <<< تعني أن الطرف الآخر أغلق الاتصال قبل اكتمال الرد. جرّب إعادة المحاولة:

        ```bash
        curl --retry 3 --max-time 30 https://api.example.com/health
        ```
        >>> وهل هي خطيرة؟
        <<< ليست خطيرة إن كانت نادرة (أقل من §n في اليوم).
        """;
}
