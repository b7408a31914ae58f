"""A signed URL allows one thing, for a time; what came by it is believed only by its hash.

The emulator takes any signature, so here it is made to check them as Google does: the canonical request and the string to sign are put
together again from what arrived (cloud.google.com/storage/docs/authentication/canonical-requests) and held against the account's key.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from glimmer.assets import Assets, open_assets
from glimmer.assets.signing import SignedUpload, download_url, receive, upload_url
from glimmer.errors import LimitError, SettingsError, StoreError
from glimmer.limits import MAX_MEDIA_BYTES

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(2_000)
SHA256 = hashlib.sha256(PICTURE).hexdigest()


# What Google checks ---------------------------------------------------------------------------------------------


def signature_is_valid(
    url: str, method: str, headers: Mapping[str, str], key: rsa.RSAPublicKey, *, now: datetime | None = None
) -> bool:
    """Whether a V4 signed URL allows this request now. Recomputed from the request alone."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    sent = {"host": parts.netloc, **{name.lower(): " ".join(value.split()) for name, value in headers.items()}}
    try:
        signature = bytes.fromhex(asked.pop("X-Goog-Signature"))
        signed = asked["X-Goog-SignedHeaders"].split(";")
        begin = datetime.strptime(asked["X-Goog-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        end = begin + timedelta(seconds=int(asked["X-Goog-Expires"]))
        scope = asked["X-Goog-Credential"].split("/", 1)[1]
        canonical_headers = "".join(f"{name}:{sent[name]}\n" for name in signed)
    except (KeyError, ValueError, IndexError):
        return False
    if not begin - timedelta(minutes=15) <= (now or datetime.now(UTC)) < end or "host" not in signed:
        return False
    if any(name.startswith("x-goog-") and name not in signed for name in sent):
        return False  # a header of Google's that nobody signed
    query = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(asked.items()))
    request = "\n".join([method, parts.path, query, canonical_headers, ";".join(signed), "UNSIGNED-PAYLOAD"])
    text = "\n".join(["GOOG4-RSA-SHA256", asked["X-Goog-Date"], scope, hashlib.sha256(request.encode()).hexdigest()])
    try:
        key.verify(signature, text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


@pytest.fixture
def google(gs: Any, routes: Any, monkeypatch: pytest.MonkeyPatch, account_key: rsa.RSAPrivateKey) -> Any:
    """The bucket, its door for signed URLs guarded: a bad signature gets 403, a body past the signed length 400."""
    handlers = routes("/films/one")

    def guarded(method: str) -> Any:
        handle = handlers[method]

        def strict(request: Any, response: Any, storage: Any) -> None:
            from http import HTTPStatus

            told = {name.lower(): value for name, value in request._request_handler.headers.items()}
            content = request.data
            low, high = (int(part) for part in told.get("x-goog-content-length-range", "0,0").split(","))
            if not signature_is_valid(request.full_url, method, told, account_key.public_key()):
                response.status = HTTPStatus.FORBIDDEN
            elif method == "PUT" and not low <= len(content or b"") <= high:
                response.status = HTTPStatus.BAD_REQUEST
            else:
                handle(request, response, storage)

        return strict

    for method in ("GET", "PUT"):
        monkeypatch.setitem(handlers, method, guarded(method))
    return gs


def ask(
    url: str, method: str = "GET", content: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes, Any]:
    request = urllib.request.Request(url, data=content, method=method, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, b"", error.headers


def send(upload: SignedUpload, content: bytes) -> int:
    return ask(upload.url, upload.method, content, upload.headers)[0]


# The road -------------------------------------------------------------------------------------------------------


def test_a_browser_uploads_and_downloads_without_an_account(google: Any) -> None:
    assets = google.machine("server")
    upload = upload_url(assets, SHA256, "image/png", len(PICTURE))
    assert upload.method == "PUT" and upload.headers == {
        "Content-Type": "image/png",
        "x-goog-content-length-range": f"0,{len(PICTURE)}",
    }
    assert send(upload, PICTURE) == 200
    assert google.names() == [f"incoming/{SHA256}"] and not assets.has(SHA256)  # not yet an asset
    assert receive(assets, SHA256) == SHA256
    assert google.names() == [f"objects/{SHA256[:2]}/{SHA256[2:4]}/{SHA256}.png"]
    status, content, headers = ask(download_url(assets, SHA256))
    assert (status, content, headers["Content-Type"], headers["Content-Disposition"]) == (200, PICTURE, "image/png", "inline")
    assert google.machine("elsewhere").read(SHA256, verify=True) == PICTURE


def test_a_large_upload_is_received_in_pieces(google: Any) -> None:
    assets, film = google.machine("server"), os.urandom(9_000_000)
    sha256 = hashlib.sha256(film).hexdigest()
    assert send(upload_url(assets, sha256, "video/mp4", len(film)), film) == 200
    assert receive(assets, sha256) == sha256 and list(google.machine("elsewhere").examine({sha256: len(film)})) == []


def test_an_upload_with_another_hash_is_refused_and_deleted(google: Any) -> None:
    assets = google.machine("server")
    assert send(upload_url(assets, SHA256, "image/png", 3_000), PICTURE[:-1] + b"!") == 200
    with pytest.raises(StoreError, match=r"not what it was announced as.*refused and deleted") as met:
        receive(assets, SHA256)
    assert met.value.facts["sha256"] == SHA256
    assert google.names() == [] and not assets.has(SHA256) and assets.lying(SHA256) is None


def test_what_was_not_uploaded_is_not_received(google: Any) -> None:
    assets = google.machine("server")
    with pytest.raises(StoreError, match="no upload of"):
        receive(assets, SHA256)
    assets.put(PICTURE, "image/png")  # somebody else's: knowing its hash is not having it
    with pytest.raises(StoreError, match="no upload of"):
        receive(google.machine("server"), SHA256)


def test_an_upload_of_what_is_there_already_is_received_and_kept_once(google: Any) -> None:
    assets = google.machine("server")
    assets.put(PICTURE, "image/png")
    assert send(upload_url(assets, SHA256, "image/png", len(PICTURE)), PICTURE) == 200
    assert receive(assets, SHA256) == SHA256 and len(google.names()) == 1


def test_an_upload_of_an_unknown_kind_is_refused_and_deleted(google: Any) -> None:
    fs, root = google.files
    fs.pipe_file(f"{root}/incoming/{SHA256}", PICTURE, content_type="text/html")  # past the signed door
    with pytest.raises(SettingsError, match="no media type"):
        receive(google.machine("server"), SHA256)
    assert google.names() == []


def test_an_upload_that_nobody_receives_is_collected(google: Any) -> None:
    assets = google.machine("server")
    assert send(upload_url(assets, SHA256, "image/png", len(PICTURE)), PICTURE) == 200
    assert assets.collect((), grace=timedelta(days=1), dry_run=False).leftovers == 0
    google.grow_old(SHA256, 2)
    assert assets.collect((), grace=timedelta(days=1), dry_run=False).leftovers == 1 and google.names() == []


# What is bound --------------------------------------------------------------------------------------------------


def test_a_url_allows_nothing_else_than_was_signed(google: Any) -> None:
    assets = google.machine("server")
    upload = upload_url(assets, SHA256, "image/png", len(PICTURE))
    other = hashlib.sha256(b"other").hexdigest()
    attempts = [
        (upload.url.replace(SHA256, other), "PUT", PICTURE, upload.headers),
        (upload.url.replace("incoming/", "objects/"), "PUT", PICTURE, upload.headers),
        (upload.url, "PUT", PICTURE, {**upload.headers, "Content-Type": "text/html"}),
        (upload.url, "PUT", PICTURE, {**upload.headers, "x-goog-content-length-range": "0,999999999"}),
        (upload.url, "PUT", PICTURE, {"Content-Type": "image/png"}),
        (upload.url, "PUT", PICTURE, {**upload.headers, "x-goog-acl": "public-read"}),
        (upload.url.replace("X-Goog-Expires=900", "X-Goog-Expires=604800"), "PUT", PICTURE, upload.headers),
        (upload.url[:-1] + ("0" if upload.url[-1] != "0" else "1"), "PUT", PICTURE, upload.headers),
        (upload.url, "GET", None, upload.headers),
        (upload.url.partition("?")[0], "PUT", PICTURE, upload.headers),
    ]
    for url, method, content, headers in attempts:
        assert ask(url, method, content, headers)[0] == 403, (url, method, headers)
    assert send(upload, PICTURE + b"more") == 400
    assert google.names() == []
    assert send(upload, PICTURE) == 200  # the right one is still good
    receive(assets, SHA256)
    read = download_url(assets, SHA256, file_name="shot.png")
    assert (
        ask(read)[0] == 200 and ask(read.replace("shot.png", "shot.exe"))[0] == 403 and ask(read.replace(SHA256, other))[0] == 403
    )


def test_every_changed_byte_of_a_signature_is_refused(google: Any, account_key: rsa.RSAPrivateKey) -> None:
    upload = upload_url(google.machine("server"), SHA256, "image/png", 10)
    head, _, signature = upload.url.rpartition("=")
    assert signature_is_valid(upload.url, "PUT", upload.headers, account_key.public_key())
    for at in range(0, len(signature), 2):
        changed = f"{signature[:at]}{int(signature[at : at + 2], 16) ^ 1:02x}{signature[at + 2 :]}"
        assert not signature_is_valid(f"{head}={changed}", "PUT", upload.headers, account_key.public_key())
    stranger = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    assert not signature_is_valid(upload.url, "PUT", upload.headers, stranger.public_key())


def test_a_url_ends_when_it_says(google: Any, account_key: rsa.RSAPrivateKey) -> None:
    upload = upload_url(google.machine("server"), SHA256, "image/png", 10, seconds=60)
    soon, late = upload.expires_at - timedelta(seconds=2), upload.expires_at + timedelta(seconds=2)
    assert abs(upload.expires_at - datetime.now(UTC) - timedelta(seconds=60)) < timedelta(seconds=20)
    valid = [signature_is_valid(upload.url, "PUT", upload.headers, account_key.public_key(), now=now) for now in (soon, late)]
    assert valid == [True, False]


def test_the_real_address_is_googles(
    account_file: Path, account_key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(account_file))
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    upload = upload_url(
        open_assets("gs://films/the/films", cache=tmp_path), SHA256, "image/png", 10
    )  # asks nothing: no network here
    parts = urlsplit(upload.url)
    assert urlunsplit((*parts[:3], "", "")) == f"https://storage.googleapis.com/films/the/films/incoming/{SHA256}"
    assert signature_is_valid(upload.url, "PUT", upload.headers, account_key.public_key())
    assert "X-Goog-Signature" not in repr(upload)  # a notebook saves reprs


@pytest.mark.parametrize(
    "name", ['a"b.png', "a\r\nX-Evil: 1", "../../a.png", "film;x=1.mp4", "été — 海.mp4", "%0d%0a", "n" * 5_000]
)
def test_a_file_name_is_only_text(google: Any, name: str) -> None:
    assets = google.machine("server")
    assets.put(PICTURE, "image/png")
    status, content, headers = ask(download_url(assets, SHA256, file_name=name))
    said = headers["Content-Disposition"]
    assert status == 200 and content == PICTURE and headers["X-Evil"] is None
    assert said.startswith('attachment; filename="') and said.isascii() and said.count('"') == 2 and len(said) < 2_000
    assert not set(said) & set("\r\n/\\")


# What is refused ------------------------------------------------------------------------------------------------


def test_a_folder_has_no_signed_urls(tmp_path: Path) -> None:
    for assets in (Assets(tmp_path), open_assets("memory://films", cache=tmp_path)):
        sha256 = assets.put(PICTURE, "image/png")
        for attempt in (
            lambda assets=assets: upload_url(assets, SHA256, "image/png", 10),
            lambda assets=assets, sha256=sha256: download_url(assets, sha256),
            lambda assets=assets: receive(assets, SHA256),
        ):
            with pytest.raises(StoreError, match="signed URLs are for assets in gs://"):
                attempt()


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": "../../objects/x"},
        {"sha256": SHA256.upper()},
        {"sha256": SHA256 + "\n"},
        {"media_type": "text/html"},
        {"media_type": "image/png\r\nx-evil: 1"},
        {"seconds": 0},
        {"seconds": 604_801},
        {"seconds": True},
        {"seconds": 1.5},
        {"bytes": 0},
        {"bytes": -1},
        {"bytes": MAX_MEDIA_BYTES + 1},
    ],
    ids=lambda changed: "-".join(map(repr, changed.items()))[:40],
)
def test_a_request_that_makes_no_sense_is_not_signed(google: Any, changed: dict[str, Any]) -> None:
    terms = {"sha256": SHA256, "media_type": "image/png", "bytes": 10, "seconds": 900, **changed}
    with pytest.raises(LimitError if terms["bytes"] > MAX_MEDIA_BYTES else SettingsError, match=r"expected|MAX_MEDIA_BYTES"):
        upload_url(google.machine("server"), **terms)


def test_what_is_not_there_is_not_signed_for_reading(google: Any) -> None:
    with pytest.raises(StoreError, match="missing"):
        download_url(google.machine("server"), SHA256)


def test_an_account_that_cannot_sign_is_told_what_can(google: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = tmp_path / "person.json"
    person.write_text(
        json.dumps({"type": "authorized_user", "client_id": "1", "client_secret": "canary", "refresh_token": "canary"})
    )
    for path, said in ((person, "has no key"), (tmp_path / "nowhere.json", "was not found")):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
        with pytest.raises(StoreError, match=rf"(?s){said}.*Use a service account") as met:
            upload_url(google.machine("server"), SHA256, "image/png", 10)
        assert "canary" not in str(met.value)
