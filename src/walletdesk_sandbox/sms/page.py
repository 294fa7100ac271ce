"""The page that shows what came: one list, the latest first, in both languages; nothing on it acts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from walletdesk_sandbox.sms.box import Item

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Refresh": "5",
}
STYLE = """
:root { color-scheme: light dark; --ground: #F7F8F6; --card: #fff; --ink: #14213A; --soft: #55607a; --rule: #d9ddd6; --go: #0B7A5E }
@media (prefers-color-scheme: dark) {
  :root { --ground: #10151d; --card: #19202b; --ink: #e9edf2; --soft: #a5afbf; --rule: #313a48; --go: #5cc9a7 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif }
main { max-width: 720px; margin: 0 auto; padding: 24px 16px 48px }
h1 { font-size: 22px; margin: 0 0 4px }
.soft { color: var(--soft); font-size: 14px; margin: 0 }
form { display: flex; gap: 8px; margin: 16px 0; flex-wrap: wrap }
input { flex: 1 1 200px; min-height: 40px; padding: 0 12px; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--rule); border-radius: 8px }
button { min-height: 40px; padding: 0 16px; font: inherit; border: 0; border-radius: 8px; background: var(--ink);
  color: var(--ground) }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px }
li { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 12px 16px }
.head { display: flex; justify-content: space-between; gap: 12px; flex-wrap: wrap; font-size: 14px; color: var(--soft) }
.head a { color: var(--go) }
.words { margin: 6px 0 0; white-space: pre-wrap; overflow-wrap: anywhere }
.words.code { font-variant-numeric: tabular-nums }
"""
KINDS = {"text": "短信 · Text", "mail": "邮件 · Mail"}
STATES = {"queued": "在路上 · on its way", "delivered": "已送达 · delivered", "lost": "没有送到 · not delivered"}


def page(items: Sequence[Item], receiver: str) -> str:
    """The whole page as HTML."""
    rows = "\n".join(_row(item) for item in items)
    nothing = '<p class="soft" role="status">还没有收到什么 · Nothing yet</p>'
    return f"""<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>练习邮局 · Practice post office</title><link rel="stylesheet" href="/style.css"></head>
<body><main>
<h1>练习邮局 <span lang="en">· Practice post office</span></h1>
<p class="soft">演示里发出的短信和邮件都到这里，不会真的发出去。页面每 5 秒自动更新。</p>
<p class="soft" lang="en">Every text and mail of the demo ends here; nothing is really sent. It renews itself every 5 seconds.</p>
<form method="get" action="/"><input name="to" value="{escape(receiver)}" aria-label="收件人 · Receiver"
 placeholder="+8613800002046, lin@example.com"><button>只看这个 · Only this one</button></form>
{f"<ol>{rows}</ol>" if items else nothing}
</main></body></html>"""


def _row(item: Item) -> str:
    subject = f"<b>{escape(item.subject)}</b><br>" if item.subject else ""
    return (
        f'<li><div class="head"><span>{KINDS[item.kind]} → <a href="/?to={quote(item.receiver)}">{escape(item.receiver)}</a>'
        f"</span><span>{STATES[item.state]} · <time>{escape(item.came_at[11:19])} UTC</time></span></div>"
        f'<div class="words">{subject}{escape(item.words)}</div></li>'
    )
