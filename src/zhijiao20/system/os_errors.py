"""Describe errors of the operating system in Chinese."""

from __future__ import annotations

import errno
import os

_WINDOWS = {  # by winerror, where Python's errno says less, or something else
    19: "磁盘是只读的",
    21: "磁盘没有准备好，或已经拔出",
    32: "正被别的程序占用",
    33: "正被别的程序占用",
    39: "磁盘已满",
    53: "连不上这个网络位置",
    64: "连不上这个网络位置",
    67: "连不上这个网络位置",
    112: "磁盘已满",
    123: "名字里有系统不能用的字符",
    206: "文件名太长",
    225: "被杀毒软件拦下了",
    1816: "磁盘配额已满",
    1921: "链接绕成了圈",
}


def reason(error: OSError) -> str:
    """Return the cause of an error of the operating system, in Chinese if it is a common one."""
    number = getattr(error, "winerror", None)
    if number is not None and number in _WINDOWS:
        return _WINDOWS[number]
    by_type: dict[type[OSError], str] = {
        PermissionError: "没有权限，或正被别的程序占用",
        FileNotFoundError: "文件不存在",
        IsADirectoryError: "是一个文件夹",
        FileExistsError: "已有同名的文件",
        NotADirectoryError: "路径里有一段是文件，不是文件夹",
        TimeoutError: "等得太久，没有回应",
    }
    by_errno = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已满",
        errno.EFBIG: "文件超过了系统允许的大小",
        errno.EROFS: "磁盘是只读的",
        errno.ENAMETOOLONG: "文件名太长",
        errno.ELOOP: "链接绕成了圈",
        errno.EINVAL: "名字里有系统不能用的字符",
        errno.EILSEQ: "名字里有系统不能用的字符",
        errno.EIO: "磁盘读写出错，或已经拔出",
        errno.ENXIO: "磁盘没有准备好，或已经拔出",
        errno.ENODEV: "磁盘没有准备好，或已经拔出",
        errno.EMFILE: "打开的文件太多",
        errno.ENFILE: "打开的文件太多",
        errno.EMLINK: "文件夹里的项目太多",
        errno.ENOMEM: "内存不够",
        errno.EBUSY: "正被别的程序占用",
        errno.ETXTBSY: "正被别的程序占用",
        errno.ENOTEMPTY: "文件夹不是空的",
        errno.ESTALE: "连不上这个网络位置",
        errno.ENOTCONN: "连不上这个网络位置",
        errno.EHOSTDOWN: "连不上这个网络位置",
        errno.EHOSTUNREACH: "连不上这个网络位置",
        errno.ENETUNREACH: "连不上这个网络位置",
        errno.ECONNREFUSED: "连不上这个网络位置",
        errno.EOPNOTSUPP: "这个磁盘不支持这样读写",
    }
    type_text = next((text for kind, text in by_type.items() if isinstance(error, kind)), None)
    text = type_text or by_errno.get(error.errno or 0)
    if text is None and number is not None and error.strerror:
        return error.strerror  # in the language of the system; its errno would say something else
    return text or os.strerror(error.errno or 0)
