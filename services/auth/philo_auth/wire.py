"""What auth takes and answers, as it is on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr

from philo_contracts.shapes import Line, Value

from .domain import ACCESS_LIFE, Scope, email_of, password_of, username_of
from .tables import Account, ApiKey


def new_password(sent: SecretStr) -> SecretStr:
    return SecretStr(password_of(sent.get_secret_value()))


Email = Annotated[str, Field(max_length=320, examples=["ada@example.org"]), AfterValidator(email_of)]
Username = Annotated[str, Field(max_length=200, examples=["ada"]), AfterValidator(username_of)]
NewPassword = Annotated[SecretStr, Field(max_length=1000), AfterValidator(new_password)]
Opaque = Annotated[SecretStr, Field(min_length=1, max_length=1000)]


class Registration(Value):
    email: Email
    username: Username
    password: NewPassword


class Login(Value):
    email: Email
    password: Opaque


class Refresh(Value):
    refresh_token: Opaque


class User(Value):
    id: str
    email: str
    username: str
    created_at: datetime

    @classmethod
    def of(cls, account: Account) -> User:
        return cls(id=str(account.id), email=account.email, username=account.username, created_at=account.created_at)


class Tokens(Value):
    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in: int = Field(default=int(ACCESS_LIFE.total_seconds()), description="Seconds the access token lives.")


class LoggedIn(Tokens):
    user: User


class KeyWish(Value):
    name: Line
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    expires_at: AwareDatetime | None = None


class Key(Value):
    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, key: ApiKey) -> Key:
        scopes = [Scope(scope) for scope in key.scopes]
        return cls(id=key.id, name=key.name, scopes=scopes, created_at=key.created_at, expires_at=key.expires_at)


class NewKey(Key):
    key: str = Field(description="`phk_<id>_<secret>`: shown this once, and kept by nobody but you.")


class JsonWebKey(Value):
    kty: str
    crv: str
    x: str
    kid: str
    use: str
    alg: str


class JsonWebKeySet(Value):
    keys: list[JsonWebKey]
