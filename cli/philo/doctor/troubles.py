"""What an error of some server means, in words, and what to do."""

import asyncpg
from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
)
from minio.error import S3Error
from redis.exceptions import AuthenticationError as RedisAuthentication

FOREIGN_KEYS = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied"}
LATE = {"RequestTimeTooSkewed", "RequestExpired"}
REFUSED = (
    asyncpg.InvalidAuthorizationSpecificationError,  # a wrong password is one as well
    RedisAuthentication,
    SaslAuthenticationFailed,
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    TopicAuthorizationFailedError,
)


def told(error: BaseException, setting: str) -> tuple[str, str]:
    """Words and advice; `setting` is the one that points at the server."""
    if isinstance(error, REFUSED) or (isinstance(error, S3Error) and error.code in FOREIGN_KEYS):
        return "it refuses our credentials", f"Check what {setting} and the settings beside it say."
    if isinstance(error, S3Error) and error.code in LATE:
        return "its clock and ours differ too much for it to take our requests", "Have both set by NTP."
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return f"there is no such database: {error}", "`philo up` makes it; elsewhere make it and migrate it."
    if isinstance(error, LookupError):
        return str(error), "`philo up` makes it; elsewhere make it by hand."
    if isinstance(error, OSError | KafkaConnectionError):
        return f"cannot be reached: {type(error).__name__}: {error}", f"Is it running, and is {setting} right?"
    return f"{type(error).__name__}: {error}", f"Look at its log, and at what {setting} says."
