"""What auth takes and answers, as it is on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr, model_validator

from philo_contracts.shapes import Line, Tier, Value

from .domain import ACCESS_LIFE, Scope, email_of, password_of, username_of
from .phones import code_of, phone_of
from .subscriptions.grants import Standing
from .tables import Account, ApiKey


def new_password(sent: SecretStr) -> SecretStr:
    return SecretStr(password_of(sent.get_secret_value()))


def sent_code(sent: SecretStr) -> SecretStr:
    return SecretStr(code_of(sent.get_secret_value()))


Email = Annotated[str, Field(max_length=320, examples=["ada@example.org"]), AfterValidator(email_of)]
Username = Annotated[str, Field(max_length=200, examples=["ada"]), AfterValidator(username_of)]
NewPassword = Annotated[SecretStr, Field(max_length=1000), AfterValidator(new_password)]
Opaque = Annotated[SecretStr, Field(min_length=1, max_length=1000)]
Phone = Annotated[str, Field(max_length=40, examples=["+4915123456789"]), AfterValidator(phone_of)]
SentCode = Annotated[SecretStr, Field(max_length=20, examples=["042137"]), AfterValidator(sent_code)]


class Registration(Value):
    email: Email
    username: Username
    password: NewPassword


class Login(Value):
    email: Email
    password: Opaque


class SendCode(Value):
    phone: Phone


class CodeSent(Value):
    """Says nothing of whether anybody has this phone."""

    expires_in: int = Field(description="Seconds the code works.")
    retry_after: int = Field(description="Seconds until another one may be asked for.")


class PhoneLogin(Value):
    phone: Phone
    code: SentCode


class PageLogin(Value):
    """The body of any login: `email` and `password`, or `phone` and `code`."""

    email: Email | None = None
    password: Opaque | None = None
    phone: Phone | None = None
    code: SentCode | None = None

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        if given not in ({"email", "password"}, {"phone", "code"}):
            raise ValueError("Send email and password, or phone and code.")
        return self

    def way_in(self) -> Login | PhoneLogin:
        if self.phone is not None and self.code is not None:
            return PhoneLogin(phone=self.phone, code=self.code)
        assert self.email is not None
        assert self.password is not None
        return Login(email=self.email, password=self.password)


class Farewell(Value):
    """Proof that it is really you: the password of the account, or a code that was just sent to its phone."""

    password: Opaque | None = None
    code: SentCode | None = None

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if (self.password is None) == (self.code is None):
            raise ValueError("Send the password, or a code.")
        return self

    def way_in(self, account: Account) -> Login | PhoneLogin | None:
        """The login that proves it; none if this account has no such way in."""
        if self.password is not None:
            return Login(email=account.email, password=self.password) if account.email else None
        assert self.code is not None
        return PhoneLogin(phone=account.phone, code=self.code) if account.phone else None


class Erasing(Value):
    """The account is gone already; within seconds so is all that was its own, in every service."""

    status: Literal["erasing"] = "erasing"


class Refresh(Value):
    refresh_token: Opaque


class User(Value):
    """Who logs in by phone alone has no email, and the other way round."""

    id: str
    email: str | None
    phone: str | None
    username: str
    role: str | None = Field(description="`operator` for those who run this installation.")
    tier: Tier
    tier_ends_at: datetime | None
    last_job_at: datetime | None = Field(description="When they last asked for a film.")
    created_at: datetime

    @classmethod
    def of(cls, account: Account, standing: Standing) -> User:
        return cls(
            id=str(account.id),
            email=account.email,
            phone=account.phone,
            username=account.username,
            role=standing.role,
            tier=standing.tier,
            tier_ends_at=standing.ends_at,
            last_job_at=account.last_job_at,
            created_at=account.created_at,
        )


class AccessToken(Value):
    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in: int = Field(default=int(ACCESS_LIFE.total_seconds()), description="Seconds the access token lives.")


class Tokens(AccessToken):
    refresh_token: str


class LoggedIn(Tokens):
    user: User


class PageSession(AccessToken):
    """The page keeps the access token in memory; the refresh token is in a cookie that it cannot read."""

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
