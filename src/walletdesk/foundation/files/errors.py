"""How this room says no. Law: what a stranger sends in never runs anywhere.

Refusal
├── Invalid
│   ├── FileEmpty           422
│   ├── FileTooBig          413
│   ├── FileTypeRefused     415: not one of the kinds we take
│   └── FileIsActive        415: a picture or text that is a page or a script as well
├── NotFound
│   └── FileNotFound        404
└── Conflict
    ├── FileQuarantined     409: kept, but handed to nobody
    └── FileDamaged         409: the bytes are not those that came in
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotFound
from walletdesk.foundation.i18n.words import Words

KINDS = Words("PNG、JPEG、GIF、WebP、HEIC、PDF、TXT、MP4 或 WebM", "PNG, JPEG, GIF, WebP, HEIC, PDF, TXT, MP4 or WebM")


class FileEmpty(Invalid):
    code = "file_empty"
    what = Words("这个文件是空的", "This file is empty")
    next = Words("请换一个文件", "Choose another file")


class FileTooBig(Invalid):
    code = "file_too_big"
    status = 413
    what = Words("文件超过 {megabytes} MB", "The file is larger than {megabytes} MB")
    next = Words("请压缩后再传，或只传有用的部分", "Make it smaller, or send only the part that matters")


class FileTypeRefused(Invalid):
    code = "file_type_refused"
    status = 415
    what = Words("不能接收这种文件", "This kind of file is not taken")
    next = Words(f"请发送 {KINDS.zh}", f"Send {KINDS.en}")


class FileIsActive(Invalid):
    code = "file_is_active"
    status = 415
    what = Words("文件里有网页或程序代码，不能接收", "The file holds a web page or a program and is not taken")
    next = Words("请改发截图", "Send a screenshot instead")


class FileNotFound(NotFound):
    code = "file_not_found"
    what = Words("没有这个文件", "There is no such file")
    next = Words("请返回上一页", "Go back to the page before")


class FileQuarantined(Conflict):
    code = "file_quarantined"
    what = Words("这个文件可能有害，已被隔离，不能打开", "This file may do harm; it is kept apart and cannot be opened")
    next = Words("请对方换一个文件", "Ask for another file")


class FileDamaged(Conflict):
    code = "file_damaged"
    what = Words("文件内容与收到时不一致", "The file is not as it was received")
    next = Words("请联系管理员", "Tell an administrator")
