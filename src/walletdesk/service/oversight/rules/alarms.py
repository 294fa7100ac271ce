"""The kinds of alarms and how each reads. ``{agent}`` is the person it is about."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

KINDS = {
    "canary_look": Words("{agent}打开了一个诱饵账户", "{agent} opened a canary account"),
    "many_looks": Words("{agent}这一班打开了 {count} 位客户的资料", "{agent} opened {count} customers in one shift"),
    "many_unmaskings": Words(
        "{agent}这一班看了 {count} 个遮住的字段", "{agent} uncovered {count} masked fields in one shift"
    ),
    "glass_broken": Words(
        "{agent}没有案件就打开了账户：{reason}", "{agent} opened an account without a case: {reason}"
    ),
    "two_person_tried": Words("{agent}想决定不该由自己决定的提议", "{agent} tried to decide what they may not"),
    "one_checker": Words(
        "{agent}提的，{checker}批了 {count} 次，没有退过",
        "{checker} approved {agent} {count} times and never sent one back",
    ),
    "agent_disowned": Words(
        "客户说{agent}不是我们的人，案件 {reference}", "A customer says that {agent} is none of ours, case {reference}"
    ),
    "third_look_disagrees": Words(
        "第三人看了一笔已批准的提议，不认可：{reason}", "A third person disagrees with an approved proposal: {reason}"
    ),
}
