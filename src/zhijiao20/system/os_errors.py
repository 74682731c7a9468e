"""Errors of the operating system in Chinese."""

from __future__ import annotations

import errno
import os


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the usual reasons."""
    usual: dict[type[OSError], str] = {
        PermissionError: "没有权限，或正被别的程序占用",
        FileNotFoundError: "文件不存在",
        IsADirectoryError: "是一个文件夹",
    }
    by_number = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已满",
        errno.EFBIG: "文件超过了系统允许的大小",
        errno.EROFS: "磁盘是只读的",
        errno.ENAMETOOLONG: "文件名太长",
        errno.ELOOP: "链接绕成了圈",
    }
    known = next((text for kind, text in usual.items() if isinstance(error, kind)), None)
    return known or by_number.get(error.errno or 0) or os.strerror(error.errno or 0)
