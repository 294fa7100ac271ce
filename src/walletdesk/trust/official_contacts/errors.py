"""Refusals of the directory.

ChangeNotUsable         ``why``: value_not_usable, topic_unknown, value_taken, entry_unknown, hours_not_usable,
                        day_not_usable
NothingToChange, PublishReasonMissing
EditionMoved            somebody published since you looked
TopicNotFound
FakeNotUsable           it cannot be read, is too long, or the notes are missing
FakeIsOurs              it stands in the directory
FakeListed, FakeNotFound
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotFound
from walletdesk.foundation.i18n.words import Words


class ChangeNotUsable(Invalid):
    code = "contact_change_not_usable"
    what = Words("第 {place} 处改动不能用（{why}）", "Change {place} cannot be made ({why})")
    next = Words("名录没有变；请改好再发布", "The directory is as it was; correct it and publish again")


class NothingToChange(Invalid):
    code = "contact_nothing_to_change"
    what = Words("没有任何改动", "There is nothing to change")
    next = Words("先改一处，再发布", "Change something first, then publish")


class PublishReasonMissing(Invalid):
    code = "contact_reason_missing"
    what = Words("发布要写原因", "Publishing needs a reason")
    next = Words("写一句话，说明为什么改", "Write one sentence on why it changes")


class EditionMoved(Conflict):
    code = "contact_edition_moved"
    what = Words("有人刚发布了第 {version} 版", "Edition {version} was just published by somebody")
    next = Words("请在新版上再改", "Make your change on the new edition")


class TopicNotFound(NotFound):
    code = "contact_topic_not_found"
    what = Words("没有这个主题", "There is no such topic")
    next = Words("请从主题列表里选", "Choose one from the list of topics")


class FakeNotUsable(Invalid):
    code = "fake_not_usable"
    what = Words(
        "写全：号码、网址、邮箱或名称，和两种语言的说明", "Give it in full: what it is, and a note in both languages"
    )
    next = Words("名单没有变", "The list is as it was")


class FakeIsOurs(Invalid):
    code = "fake_is_ours"
    what = Words("这是我们自己的，在官方名录里", "This is ours: it stands in the directory")
    next = Words("名单没有变", "The list is as it was")


class FakeListed(Conflict):
    code = "fake_listed"
    what = Words("已经在名单上了", "It is on the list already")
    next = Words("名单没有变", "The list is as it was")


class FakeNotFound(NotFound):
    code = "fake_not_found"
    what = Words("名单上没有这一条", "It is not on the list")
    next = Words("请从名单里选", "Choose one from the list")
