"""How the server says no: Google's error bodies, with the details that tell one refusal from another."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["Refused", "error_body", "fault_refusal"]

_STATUS: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    409: "ABORTED",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_TYPE: Final = "type.googleapis.com/google.rpc."
_MESSAGES: Final = {
    "400": "Request contains an invalid argument.",
    "401": "Request had invalid authentication credentials.",
    "403": "The caller does not have permission.",
    "404": "Requested entity was not found.",
    "409": "The operation was aborted.",
    "500": "An internal error has occurred. Please retry.",
    "503": "The model is overloaded. Please try again later.",
    "504": "The request timed out. Please try again.",
}


class Refused(Exception):  # it is an answer, not a failure of the fake
    """The server's no. `reason` is Google's ErrorInfo.reason, such as API_KEY_INVALID."""

    def __init__(self, code: int, message: str, *, reason: str = "", fields: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        details: list[dict[str, Any]] = []
        if reason:
            details.append({"@type": f"{_TYPE}ErrorInfo", "reason": reason, "domain": "googleapis.com"})
        if fields:
            violations = [{"field": field, "description": words} for field, words in fields]
            details.append({"@type": f"{_TYPE}BadRequest", "fieldViolations": violations})
        self.body = error_body(code, message, details)


def error_body(code: int, message: str, details: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    error: dict[str, Any] = {"code": code, "message": message, "status": _STATUS.get(code, "UNKNOWN")}
    if details:
        error["details"] = details
    return {"error": error}


def fault_refusal(name: str, key: str, model: str) -> tuple[int, dict[str, Any]]:
    """The status and the body of a fault that takes the place of the reply."""
    if name.startswith("429"):
        return 429, _quota(name, model)
    if name == "key-in-error":
        message = f"Permission denied: Consumer 'api_key:{key}' has been suspended."
        return 403, error_body(
            403, message, [{"@type": f"{_TYPE}ErrorInfo", "reason": "CONSUMER_SUSPENDED", "metadata": {"apiKey": key}}]
        )
    if name == "lost-job":
        return 404, error_body(404, "Interaction not found.")
    if name == "expired-file":
        return 403, error_body(403, "You do not have permission to access the File or it may not exist.")
    code = name.partition("-")[0]
    return int(code), error_body(int(code), _MESSAGES[code])


def _quota(name: str, model: str) -> dict[str, Any]:
    if name == "429-bare":
        return error_body(429, "Resource has been exhausted (e.g. check quota).")
    day = name == "429-day"
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_requests_per_model",
        "quotaId": f"GenerateRequestsPer{'Day' if day else 'Minute'}PerProjectPerModel",
        "quotaDimensions": {"location": "global", "model": model or "any"},
        "quotaValue": "250" if day else "10",
    }
    details: list[dict[str, Any]] = [
        {
            "@type": f"{_TYPE}Help",
            "links": [{"description": "Learn more", "url": "https://ai.google.dev/gemini-api/docs/rate-limits"}],
        },
        {"@type": f"{_TYPE}QuotaFailure", "violations": [violation]},
    ]
    # A day's quota comes with a delay too, of some seconds, which does not help: whoever waits for it meets the same again.
    details.append({"@type": f"{_TYPE}RetryInfo", "retryDelay": "41s" if day else "0.2s"})
    return error_body(429, "You exceeded your current quota, please check your plan and billing details.", details)
