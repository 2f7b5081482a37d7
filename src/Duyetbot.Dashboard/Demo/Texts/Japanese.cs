namespace Duyetbot.Dashboard.Demo.Texts;

/// <summary>Japanese.</summary>
internal static class Japanese
{
    public const string Text = """
        === リリースノートの下書きを作って | writing
        >>> リリースノートの下書きを作って。v§v で、利用者向けにお願いします。
        <<< ## v§v の変更点

        ### 新機能
        - 外部APIが timeout になった場合の再試行について、回数を設定できるようになりました
        - 会話の一覧を **CSV** で書き出せます

        ### 修正
        - 夏時間の切り替え日に集計が1時間ずれる問題（#§n）
        >>> 「再試行」の説明をもう少し具体的に
        <<< 外部APIの応答が **30秒** 以内に返らない場合、最大3回まで間隔を空けて再試行します。設定は `retry.max_attempts` です。

        ```json
        { "retry": { "max_attempts": 3, "backoff_ms": 500 } }
        ```
        >>> ありがとうございます。英語版もください
        <<< - External API calls are retried up to three times when they time out.
        - Conversation lists can be exported as CSV.
        - Fixed: totals were off by an hour on daylight-saving days (#§n).
        === 支払いの失敗を調べてほしい | incident
        >>> 支払いの失敗を調べてほしいです。昨日の §t ごろ、決済サーバーの timeout は何秒ですか？
        <<< 調査結果です。

        | 項目 | 値 |
        |---|---:|
        | timeout | 30秒 |
        | 失敗件数 | §n件 |
        | 影響した利用者 | §n名 |

        原因は `§svc` の接続待ちです。再試行で **§pct %** が成功しています。
        >>> 再発防止策を3つ挙げて
        <<< 1. 接続プールの上限を引き上げる
        2. timeout を処理全体で管理する
        3. 失敗率が 1 % を超えたら通知する
        >>> 二重決済はありませんか？
        <<< ありません。冪等キー `idem_§id` により、再試行は同じ取引として扱われます。
        === 翻訳：障害報告書（第3版） | translation
        >>> 次の文を英語に翻訳してください。「接続 timeout の定義を追記しました。ご確認のほどよろしくお願いいたします。」
        <<< “We have added a definition of the connection timeout. We would appreciate it if you could review it.”
        >>> もう少しカジュアルに
        <<< “We added what *connection timeout* means. Please have a look!” 🙏
        >>> 第3版の変更点をまとめて
        <<< - 接続 timeout の定義を追記
        - 影響範囲を「§n社」に訂正
        - 図2を差し替え
        === Pythonのメモリ使用量 | code
        >>> Pythonのバッチがメモリを使いすぎます。どう調べればいいですか？
        <<< `tracemalloc` で確認するのが早いです。

        ```python
        import tracemalloc

        tracemalloc.start()
        run_batch()
        for stat in tracemalloc.take_snapshot().statistics("lineno")[:10]:
            print(stat)
        ```

        上位が `json.loads` なら、一括ではなく1行ずつ読み込んでください。
        >>> 上位は json.loads でした
        <<< では NDJSON にして、ジェネレーターで処理しましょう。ピークは §n MB 程度まで下がるはずです（**未確認**）。
        """;
}
