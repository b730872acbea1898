"""Uploads wait on disk encrypted, under a key that dies with the request.

Django's own handler would write what is larger than a megabyte to a readable temporary file.
"""

import io
import os
import tempfile
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from dsar.sources.by_hand import MAX_BYTES


class EncryptedFile(io.RawIOBase):
    """Written once, then read from its beginning; the file has no name and its key is only in memory.

    CTR without authentication is enough here: nobody else can reach the file, and what is
    read from it is checked and sealed at once.
    """

    def __init__(self) -> None:
        self._cipher = Cipher(AES(os.urandom(32)), CTR(os.urandom(16)))
        self._encrypt = self._cipher.encryptor()
        self._decrypt = self._cipher.decryptor()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed with this object

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._file.write(self._encrypt.update(data))
        return len(data)

    def rewind(self) -> None:
        """From writing to reading, at the first byte."""
        self._file.seek(0)
        self._decrypt = self._cipher.decryptor()

    def readinto(self, buffer: Any) -> int:
        piece = self._decrypt.update(self._file.read(len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class EncryptedUpload(FileUploadHandler):
    """Keeps one byte more than may be attached, so that the refusal can say why."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0
        self.file = EncryptedFile()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = MAX_BYTES + 1 - self.kept
        if room > 0:
            self.kept += self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.rewind()
        return UploadedFile(
            file=io.BufferedReader(self.file),
            name=self.file_name,
            content_type=self.content_type,
            size=self.kept,
            charset=self.charset,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
