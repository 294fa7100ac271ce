"""Refusals of the directory.

ChangeNotUsable         ``why``: value_not_usable, topic_unknown, value_taken, entry_unknown, hours_not_usable,
                        day_not_usable
NothingToChange, PublishReasonMissing
EditionMoved            somebody published since you looked
TopicNotFound
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
