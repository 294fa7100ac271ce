"""Files in and out.

file = take_in(request.FILES["evidence"], request.FILES["evidence"].name, owner="customer:…")
opened = open_file(file.id)             content and the headers that must go with it
"""

from walletdesk.foundation.files.errors import (
    FileDamaged,
    FileEmpty,
    FileIsActive,
    FileNotFound,
    FileQuarantined,
    FileTooBig,
    FileTypeRefused,
)
from walletdesk.foundation.files.ports import FileStore
from walletdesk.foundation.files.queries import FileView, OpenedFile, open_file, stored_files
from walletdesk.foundation.files.rules.file_names import content_disposition, download_headers
from walletdesk.foundation.files.services.let_go import let_go
from walletdesk.foundation.files.services.take_in import take_in
from walletdesk.foundation.files.store_in_database import use_store

__all__ = [
    "FileDamaged",
    "FileEmpty",
    "FileIsActive",
    "FileNotFound",
    "FileQuarantined",
    "FileStore",
    "FileTooBig",
    "FileTypeRefused",
    "FileView",
    "OpenedFile",
    "content_disposition",
    "download_headers",
    "let_go",
    "open_file",
    "stored_files",
    "take_in",
    "use_store",
]
