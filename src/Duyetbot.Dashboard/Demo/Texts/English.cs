namespace Duyetbot.Dashboard.Demo.Texts;

/// <summary>English.</summary>
internal static class English
{
    public const string Text = """
        === Flaky test on CI | code
        >>> @duyetbot this test is flaky on CI, about one run in §n. Can you find out why? It never fails on my machine.
        <<< It hits the timeout in `WaitForExit` only when two runners share a machine. The test waits for a *process*, but asserts on a *file* that is written after the exit code is known:

        ```ts
        await proc.exited;                       // resolves at exit
        expect(await read("out.json")).toBe("…"); // written by a child, up to §ms ms later
        ```

        Wait for what you assert on instead:

        ```ts
        await waitFor(() => exists("out.json"), { timeout: 10_000 });
        ```
        >>> Thanks! Could you open a PR with that change?
        <<< Opened as a draft. Checks so far:

        - [x] lint
        - [x] unit (§n passed)
        - [ ] macOS runner, queued since §t
        >>> The macOS runner failed again, see the log
        <<< That is another cause: the runner timed out while *installing*, before any test ran (`§id`). I re-ran it; not related to this change.
        >>> Ship it 🚀
        <<< Merged as `§id`. I will watch the next §n runs and report here if it fails again.
        === retry policy | review
        >>> Review please: is the retry policy in this PR sound?
        <<< Two remarks, one of them blocking:

        1. **Blocking**: the timeout is per *try* and not as a whole, so §n tries can take minutes.
        2. The back-off has no jitter; all workers retry at the same moment.

        ```diff
        - for (let i = 0; i < retries; i++) await call({ timeout });
        + const deadline = Date.now() + totalTimeout;
        + while (Date.now() < deadline) await call({ timeout: deadline - Date.now() });
        ```
        >>> Fixed both, please look again
        <<< Looks good to me. One nit: name it `deadlineMs`, so that the unit is in the name.
        >>> Do we retry on 429 as well?
        <<< Yes, but only when `Retry-After` is at most §n s; otherwise the job goes back to the queue.
        === What changed in prices this week? | research
        >>> What changed in prices this week?
        <<< One change touches us: `deepseek-v3.2` got cheaper. Others stand as they were. The queue timeout was raised from 15 s to 30 s on the 12th, which is why long answers no longer fail.
        >>> How much does that save us per month?
        <<< At last week's volume about **§pct %** of that model's cost. In absolute numbers it is small, because the model makes up only some 7 % of all tokens.
        >>> ok, and the weekly cost report please
        <<< | model | tokens | share |
        |---|---:|---:|
        | claude-sonnet-4.5 | §k | §pct % |
        | grok-4.1-fast | §k | §pct % |
        | gpt-5-mini | §k | §pct % |

        Two calls ended in a timeout and are not billed.
        === Explain “context deadline exceeded” | question
        >>> Explain “context deadline exceeded” to me like I am new to Go
        <<< Every call carries a *context*, and a context may have a deadline: the timeout of the context, not of your request alone. When it passes, everything that listens to the context gives up with that error.

        ```go
        ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
        defer cancel()
        err := call(ctx) // context deadline exceeded after 2 s
        ```

        So ask *who set the deadline*, and whether it covers one try or all of them.
        >>> Who usually sets it?
        <<< The outermost caller: an HTTP server, a gRPC client, a job runner. Search for `WithTimeout` and `WithDeadline`, from the outside in.
        === deploy failed again | incident
        >>> deploy failed again, what is it this time??
        <<< Health check timeout on port 8080, rolled back to `§v` automatically at §t. The new build listens on `PORT`, which the chart does not set any more.

        ```json
        {
          "service": "§svc",
          "reason": "health check failed",
          "attempts": 3,
          "rolled_back_to": "§v"
        }
        ```
        >>> can you fix the chart
        <<< Done in `§id`: `PORT` is back with the default 8080, plus a test that renders the chart. Deploying to staging first.
        >>> staging?
        <<< Staging is green: §n requests, 0 errors, p95 §n ms. Go ahead with production?
        >>> yes
        <<< Production is on `§v`. Error rate 0.§n % over the last five minutes, same as before.
        === Parse a CSV with quotes | code
        >>> Write me a small python function that parses csv with quotes, no libs
        <<< ```python
        def parse(line: str) -> list[str]:
            cells, cell, quoted = [], [], False
            i = 0
            while i < len(line):
                c = line[i]
                if quoted and c == '"' and line[i + 1:i + 2] == '"':
                    cell.append('"'); i += 1
                elif c == '"':
                    quoted = not quoted
                elif c == ',' and not quoted:
                    cells.append(''.join(cell)); cell = []
                else:
                    cell.append(c)
                i += 1
            return cells + [''.join(cell)]
        ```

        It does not handle line breaks inside quotes; the standard library's `csv` module does.
        >>> And with line breaks inside quotes?
        <<< Then a line is not the unit any more: feed it the whole text and end a row only at a newline *outside* quotes. Honestly: use `csv.reader`, it has had these bugs already.
        >>> fair enough 😄
        <<< 👍
        === Index or not? | code
        >>> SELECT * FROM events WHERE status='error' ORDER BY ts DESC LIMIT 50 is slow. Index or not?
        <<< Yes: the filter and the order together.

        ```sql
        CREATE INDEX idx_events_status_ts ON events(status, ts DESC);
        EXPLAIN QUERY PLAN
        SELECT id, ts, message FROM events WHERE status = 'error' ORDER BY ts DESC LIMIT 50;
        -- SEARCH events USING INDEX idx_events_status_ts (status=?)
        ```

        From §ms ms to below 1 ms on §k rows here. See [the planner's documentation](https://sqlite.org/queryplanner.html).
        >>> Does it slow down inserts?
        <<< A little: one more B-tree to keep, about §n µs a row. With your volume nobody will notice.
        """;
}
