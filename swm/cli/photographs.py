"""Site photographs on their way in: upright, without EXIF (place, camera, owner), by SHA-256."""

from __future__ import annotations

import hashlib
from io import BytesIO

from swm.cli.files import content
from swm.domain.edits import Attachment
from swm.errors import Refused

_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_QUALITY = 90


def photograph(name: str) -> Attachment:
    """The picture in the file `name`. Raises `NotFound`, or `Refused` for what is no picture."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content(name))) as opened:
            kind = opened.format or ""
            if kind not in _FORMATS:
                raise Refused(f"{name} 不是 JPEG、PNG 或 WebP 照片")
            upright = ImageOps.exif_transpose(opened)
            upright.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise Refused(f"{name} 不是完好的照片", hint="请换成 JPEG、PNG 或 WebP 文件") from None
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    if palette := upright.getpalette():
        clean.putpalette(palette)
    stored = BytesIO()
    clean.save(stored, kind, quality=_QUALITY)
    data = stored.getvalue()
    return Attachment(hashlib.sha256(data).hexdigest(), _FORMATS[kind], data)
