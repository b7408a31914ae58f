"""Signed URLs: a browser puts a file into the bucket, or plays one from it, without passing through us and without an account.

    upload_url ──► browser PUTs to incoming/<sha256> ──► receive: hashed on our side ──► objects/ab/cd/<sha256>.<suffix>

V4 signatures (cloud.google.com/storage/docs/authentication/signatures), made by google-cloud-storage on this machine. A URL is bound to
one name, one method, one media type, a largest size and a time; the name is the hash that the client announces, and what comes is
believed only once it was hashed here. What is in the file is the caller's to look at.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from glimmer.assets.files import Assets
from glimmer.assets.names import INCOMING, checked, is_sha256, known_media_type
from glimmer.assets.remote import RemoteAssets
from glimmer.errors import LimitError, NotInstalled, SettingsError, StoreError
from glimmer.limits import MAX_MEDIA_BYTES

__all__ = ["SignedUpload", "download_url", "receive", "upload_url"]

_MAX_SECONDS: Final = 7 * 24 * 60 * 60  # V4 signs no longer
_SCOPES: Final = ("https://www.googleapis.com/auth/devstorage.read_write",)


@dataclass(frozen=True)
class SignedUpload:
    """What a browser needs to upload one file. It has to send exactly these headers, which are signed."""

    url: str = field(repr=False)  # who has it can upload; a repr ends up in saved notebooks
    method: str
    headers: Mapping[str, str]
    expires_at: datetime  # UTC


def upload_url(assets: Assets, sha256: str, media_type: str, bytes: int, *, seconds: int = 900) -> SignedUpload:
    """A URL by which one file of at most `bytes` bytes can be put under `incoming/<sha256>`, for `seconds`. Asks nothing over the network,
    unless the account is one without a key of its own, whose signatures Google makes.

    Raises: StoreError if the store is not in gs:// or the account can't sign; SettingsError for a media type that no film takes, or a
        time outside 1 s to 7 days; LimitError past `MAX_MEDIA_BYTES`.
    """
    bucket = _bucket_of(assets)
    name = f"{INCOMING}/{_a_sha256(sha256)}"
    bound = {"x-goog-content-length-range": f"0,{_a_size(bytes)}"}
    headers = {"Content-Type": known_media_type(media_type), **bound}
    until = timedelta(seconds=_a_time(seconds))
    expires_at = datetime.now(UTC) + until  # taken before signing: never later than what is signed
    url = _signed(bucket, name, method="PUT", expiration=until, content_type=media_type, headers=bound)
    return SignedUpload(url, "PUT", headers, expires_at)


def download_url(assets: Assets, sha256: str, *, seconds: int = 900, file_name: str = "") -> str:
    """A URL by which one asset can be read for `seconds`: shown in the browser, or with `file_name` saved under that name.

    Raises: StoreError if the asset is not there, the store is not in gs://, or the account can't sign; SettingsError as `upload_url`.
    """
    bucket = _bucket_of(assets)
    until = timedelta(seconds=_a_time(seconds))
    return _signed(
        bucket, bucket.object_of(_a_sha256(sha256)), method="GET", expiration=until, response_disposition=_disposition(file_name)
    )


def receive(assets: Assets, sha256: str) -> str:
    """Make an asset of what was uploaded to `incoming/<sha256>`; its sha256. Afterwards the upload is gone.

    Hashes every byte on this side. Does not look what kind of file it is: the caller does, before it is used. After a failure of the
    network it may simply be called again.
    Raises: StoreError if nothing was uploaded, or its content has another hash: then the upload is deleted.
    """
    bucket = _bucket_of(assets)
    told = bucket.incoming(_a_sha256(sha256))
    if told is None:
        raise StoreError(
            f"no upload of {sha256[:12]} is in {bucket.where}/{INCOMING}; expected one, put there by `upload_url`. "
            "Upload the file first; if it was received before, it is an asset already.",
            sha256=sha256,
        )
    try:
        media_type = known_media_type(str(told.get("contentType", "")))
        size_bytes = _a_size(int(told["size"]))
    except (SettingsError, LimitError):
        bucket.refuse(sha256)
        raise
    return bucket.take_in(sha256, media_type, size_bytes)


# Checks ---------------------------------------------------------------------------------------------------------


def _bucket_of(assets: Assets) -> RemoteAssets:
    if not isinstance(assets, RemoteAssets) or assets.scheme not in ("gs", "gcs"):
        raise StoreError(
            f"signed URLs are for assets in gs://, and these are in {assets.where}. Open the studio with "
            'assets="gs://bucket/prefix", or send the file through the notebook\'s own server.'
        )
    return assets


def _a_sha256(sha256: str) -> str:
    if not is_sha256(sha256):
        raise SettingsError(f"{sha256!r:.80} is no sha256; expected 64 of 0-9 and a-f: the hash of the file's content.")
    return checked(sha256)


def _a_time(seconds: int) -> int:
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 1 <= seconds <= _MAX_SECONDS:
        raise SettingsError(f"seconds={seconds!r} is no life for a signed URL; expected 1 to {_MAX_SECONDS:,} (7 days).")
    return seconds


def _a_size(size_bytes: int) -> int:
    if isinstance(size_bytes, bool) or not isinstance(size_bytes, int) or size_bytes < 1:
        raise SettingsError(f"bytes={size_bytes!r} is no size of a file; expected a whole number of at least 1.")
    if size_bytes > MAX_MEDIA_BYTES:
        raise LimitError(
            f"{size_bytes:,} bytes are past MAX_MEDIA_BYTES ({MAX_MEDIA_BYTES:,}). Make the file smaller, or cut it in two.",
            limit="MAX_MEDIA_BYTES",
        )
    return size_bytes


def _disposition(file_name: str) -> str:
    """A Content-Disposition in which a name is only text: plain letters for old readers, all of it for the others (RFC 6266)."""
    if not file_name:
        return "inline"
    name = "".join(letter if letter.isprintable() and letter not in '/\\"' else "_" for letter in file_name)[:200]
    plain = "".join(letter if letter.isascii() and letter not in "%;" else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


# Google ---------------------------------------------------------------------------------------------------------


def _signed(bucket: RemoteAssets, name: str, **terms: Any) -> str:
    try:
        from google.cloud import storage
    except ImportError as error:
        raise NotInstalled(
            'signed URLs need the package google-cloud-storage, which is not installed here. Install it: pip install "glimmer-studio[gcs]".',
            extra="gcs",
        ) from error
    credentials, by_google = _signer()
    home, key = bucket.bucket_and_key(name)
    emulator = os.environ.get("STORAGE_EMULATOR_HOST", "")
    if emulator:
        terms["api_access_endpoint"] = (emulator if "://" in emulator else f"http://{emulator}").rstrip("/")
    client = storage.Client(project="glimmer", credentials=credentials)  # the project is not asked for by a signature
    try:
        return str(client.bucket(home).blob(key).generate_signed_url(version="v4", credentials=credentials, **by_google, **terms))
    except Exception as error:  # google.auth's errors and requests' share no base
        raise StoreError(f"can't sign a URL for {bucket.where}: {error}. {_WHO_CAN_SIGN}") from error
    finally:
        client.close()


_WHO_CAN_SIGN: Final = (
    "Use a service account: set GOOGLE_APPLICATION_CREDENTIALS to its key file, or on Google Cloud give the running account the role "
    "Service Account Token Creator on itself."
)


def _signer() -> tuple[Any, dict[str, str]]:
    """The account that signs, and, if it has no key here, what lets Google sign for it."""
    import google.auth
    from google.auth.credentials import Signing
    from google.auth.exceptions import GoogleAuthError
    from google.auth.transport.requests import Request

    try:
        found, _ = google.auth.default(scopes=_SCOPES)
        credentials: Any = found
        if isinstance(credentials, Signing):
            return credentials, {}
        if not getattr(credentials, "service_account_email", ""):
            raise StoreError(f"can't sign: {type(credentials).__module__}.{type(credentials).__name__} has no key. {_WHO_CAN_SIGN}")
        credentials.refresh(Request())
    except GoogleAuthError as error:
        raise StoreError(f"can't sign: {error}. {_WHO_CAN_SIGN}") from error
    account = credentials.service_account_email  # known only after the refresh
    return credentials, {"service_account_email": account, "access_token": str(credentials.token)}
