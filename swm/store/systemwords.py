"""Why the system refused, in the clerk's words: the system itself says it in English."""

from __future__ import annotations

import errno

_REASONS = {
    "磁盘已满": ("ENOSPC",),
    "磁盘配额已用完": ("EDQUOT",),
    "文件超过了系统允许的大小（ulimit -f 或磁盘配额）": ("EFBIG",),
    "磁盘是只读的": ("EROFS",),
    "没有权限": ("EACCES", "EPERM"),
    "磁盘读写出错，请尽快检查磁盘并备份": ("EIO", "EUCLEAN", "EBADMSG"),
    "那里没有这个文件或文件夹": ("ENOENT",),
    "那里已经有一个同名的文件": ("EEXIST",),
    "路径上有一级不是文件夹": ("ENOTDIR",),
    "那里是一个文件夹": ("EISDIR", "ENOTEMPTY"),
    "名称太长": ("ENAMETOOLONG",),
    "名称里有这个磁盘不接受的字符": ("EILSEQ",),
    "符号链接绕成了圈": ("ELOOP",),
    "链接太多": ("EMLINK",),
    "不在同一个磁盘上": ("EXDEV",),
    "打开的文件太多，先关掉几个程序": ("EMFILE", "ENFILE"),
    "文件正被别的程序占用": ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK", "EDEADLOCK"),
    "没有这个设备": ("ENODEV", "ENXIO", "ENOMEDIUM"),
    "这个磁盘不支持这样做": ("EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "ENOTTY"),
    "这个磁盘不能给文件上锁": ("ENOLCK",),
    "内存不足": ("ENOMEM",),
    "被中断": ("EINTR", "ECANCELED"),
    "收的一方已经关闭": ("EPIPE", "ECONNRESET", "ESHUTDOWN"),
    "文件已经关闭": ("EBADF",),
    "等了太久没有回应": ("ETIMEDOUT",),
    "网络盘断开过，重新连接后再试": ("ESTALE", "ENOTCONN", "ECONNABORTED", "EREMOTEIO"),
    "网络盘连不上": (
        *("ECONNREFUSED", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENONET"),
    ),
}
_BY_NUMBER = {
    number: told
    for told, names in _REASONS.items()
    for name in names
    if (number := getattr(errno, name, None)) is not None
}


def reason(failure: OSError) -> str:
    """Why the system refused. What nobody foresaw is told by its number."""
    known = _BY_NUMBER.get(failure.errno or 0)
    if known is not None:
        return known
    number = f"错误号 {failure.errno}" if failure.errno else type(failure).__name__
    return f"系统没有允许（{number}）"


def explain(failure: OSError) -> str:
    """The same, with the file it is about."""
    return f"{reason(failure)}（{failure.filename}）" if failure.filename else reason(failure)
