"""Refusals about shops.

NotFound   ├── MerchantNotFound     └── UserNotFound   nobody signs in as that
Invalid    ├── ShopNameNotUsable    ├── CategoryUnknown    └── TillLabelNotUsable
Conflict   └── AlreadyMember        one person works at one shop
NotAllowed └── OwnersOnly
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words


class MerchantNotFound(NotFound):
    code = "merchant_not_found"
    what = Words("没有找到这家店", "There is no such shop")
    next = Words("请核对后再试", "Check and try again")


class UserNotFound(NotFound):
    code = "user_not_found"
    what = Words("没有找到这个用户", "There is no such person here")
    next = Words("请对方先注册", "They need to sign up first")


class ShopNameNotUsable(Invalid):
    code = "shop_name_not_usable"
    what = Words("店名要有 1 到 60 个字", "A shop's name has 1 to 60 characters")
    next = Words("请改一下店名", "Please change the name")


class CategoryUnknown(Invalid):
    code = "category_unknown"
    what = Words("没有这个行业", "There is no such kind of shop")
    next = Words("请从列表里选一个", "Choose one from the list")


class TillLabelNotUsable(Invalid):
    code = "till_label_not_usable"
    what = Words("收银台名称要有 1 到 40 个字，不能重复", "A till's name has 1 to 40 characters and is not used twice")
    next = Words("请改一下名称", "Please change the name")


class AlreadyMember(Conflict):
    code = "already_member"
    what = Words("这个人已经在一家店里", "This person already works at a shop")
    next = Words("请用另一个账号", "Use another sign-in")


class OwnersOnly(NotAllowed):
    code = "owners_only"
    what = Words("只有店主可以这样做", "Only the owner of the shop can do this")
    next = Words("请店主来操作", "Ask the owner")
