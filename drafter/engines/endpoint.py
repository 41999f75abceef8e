"""An endpoint as configured: where the model is, and what of it may be shown or trusted."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx2

from drafter.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_KEY = "none"
_KEY_LIKE = re.compile(r"sk-[\w-]{6,}|(?i:bearer)\s+\S+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is and how to talk to it; `key` and `headers` are shown nowhere."""

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    ca_bundle: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout_s: float = 120.0
    allow_insecure_host: str | None = None
    structured: str = "auto"


def checked_url(endpoint: Endpoint) -> httpx2.URL:
    """Return the address, which is https unless the host is this machine or explicitly allowed.

    Raises:
        EndpointError: it is no such address.
    """
    hint = "请检查 drafter.toml 里 [llm] base_url 或 --base-url。"
    try:
        url = httpx2.URL(endpoint.base_url)
    except httpx2.InvalidURL as error:
        raise EndpointError(f"模型地址 {endpoint.base_url!r} 不是网址。", hint=hint) from error
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise EndpointError("模型地址应当形如 https://主机/v1，里面不能有用户名和密码。", hint=hint)
    if url.scheme == "http" and not _is_loopback(url.host) and url.host != endpoint.allow_insecure_host:
        raise EndpointError(
            f"到 {url.host} 的连接没有加密（http），没有发送。",
            hint="请改用 https；确是单位内网的，在 drafter.toml 的 [llm] allow_insecure_host 写上这台主机。",
        )
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def checked_key(endpoint: Endpoint) -> str:
    """Return the key, or a placeholder for servers that need none.

    Raises:
        EndpointError: what was configured cannot be a key.
    """
    key = endpoint.key
    if key is None or not key.strip():
        return _NO_KEY
    key = key.strip()
    if not key.isascii() or any(char.isspace() or not char.isprintable() for char in key):
        raise EndpointError(
            "环境变量 OPENAI_API_KEY 里有空格、换行或中文，不是一把密钥。", hint="请重新复制密钥。"
        )
    return key


def redacted(text: str, endpoint: Endpoint) -> str:
    """Return `text` on one line, 200 characters at most, without the key and the configured headers."""
    secrets = [endpoint.key or "", *endpoint.headers.values()]
    for secret in secrets:
        text = text.replace(secret, "［密钥］") if len(secret) >= 4 else text
    text = _KEY_LIKE.sub("［密钥］", text)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]
