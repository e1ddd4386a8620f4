"""What the three administrators come for: the history with its proof, accounts, roles."""

from datetime import datetime

from django.urls import reverse

from dukao.calling import as_called
from dukao.site.history.browsing import visible_to
from dukao.site.history.models import Verification
from dukao.site.history.queries import last_verification
from dukao.site.history.telling import tell_all
from dukao.site.home.values import Answer, Wait, Word
from dukao.site.keeping.last_backup import last_backup
from dukao.site.people.access import Viewer
from dukao.site.people.models import Place
from dukao.site.people.queries import (
    accounts_without_role,
    count_accounts,
    holders_of_roles,
    units_lacking_accounts,
)
from dukao.site.templatetags_builtin import moment

_SHOWN = 12
Fact = tuple[str, tuple[Word, ...]]


def answer_auditor(viewer: Viewer, now: datetime) -> Answer:
    """The history, and what the last proof of its chain said; nothing is walked to show it."""
    entries = visible_to(viewer.place_code)
    history = reverse("history:history")
    count = entries.count()
    if not count:
        return Answer((Word("还没有历史记录。"),), calm="每一次修改都会在这里留下一条，谁也改不了。")
    words = [Word(f"{count} 条", history), Word("历史记录")]
    last, warning = last_verification(), ""
    if last is None:
        words += [Word("，校验链还没有查验过："), Word("现在查验", f"{history}#verify")]
    elif last.holds:
        words.append(Word(f"；校验链最近一次查验是 {moment(last.at)}，{last.entries} 条完好"))
    else:
        words.append(Word("，校验链已经断开"))
        warning = f"{moment(last.at)} 查验：{last.reason}。请保护现场，停止写入，用备份比对。"
    return Answer(
        (*words, Word("。")),
        entries=tuple(tell_all(entries[:_SHOWN])),
        warning=warning,
        facts=_say_verification(last),
        rooms=(
            Word("查全部记录", history),
            *((Word("再查验一次", f"{history}#verify"),) if last else ()),
        ),
    )


def _say_verification(last: Verification | None) -> tuple[Fact, ...]:
    if last is None:
        return ()
    told = (("查验人", (Word(last.by),)), ("查验时间", (Word(moment(last.at)),)))
    return (*told, ("最后一条完好的校验值", (Word(last.digest),)))


def answer_system(viewer: Viewer, now: datetime) -> Answer:
    """The accounts of the installation, and whether it is backed up."""
    counts = count_accounts(viewer, now)
    users = reverse("people:users")
    lacking = len(units_lacking_accounts(viewer))
    many = reverse("people:users-many")
    waits = (
        Wait(counts.expired, "个账号的一次性口令已过期，待重置", f"{users}?state=expired"),
        Wait(lacking, "个单位还没有联络员或单位负责人的账号", many),
    )
    facts: list[Fact] = [
        ("还在用一次性口令", (Word(f"{counts.new} 个", f"{users}?state=new"),)),
        ("没有登录过", (Word(f"{counts.unused} 个", f"{users}?state=unused"),)),
        ("已停用", (Word(f"{counts.disabled} 个", f"{users}?state=disabled"),)),
        ("最近一次备份", (Word(_say_backup()),)),
    ]
    return Answer(
        (Word(f"{counts.all} 个账号", users), Word("。")),
        tuple(one for one in waits if one.count),
        calm=(
            "您只管账号：业务内容和角色不在您的权限内。"
            if Place.objects.exists()
            else "还没有设立地方：先在“地方”设立本地，再新建账号，然后请安全管理员授予角色。"
        ),
        facts=tuple(facts),
        rooms=(
            Word("新建账号", reverse("people:user-new")),
            Word("批量新建", many),
            Word("地方", reverse("people:places")),
        ),
    )


def _say_backup() -> str:
    last = last_backup()
    if last is None:
        return as_called("没有在本机做过：请运行 dukao backup 文件，并另存一份")
    return f"{moment(last.at)}，{last.name}（历史记录 {last.entries} 条）"


def answer_security(viewer: Viewer, now: datetime) -> Answer:
    """Who has no role yet, and who is locked out."""
    roles = reverse("people:roles")
    without = accounts_without_role(viewer, now).count()
    locked = holders_of_roles(viewer, now, is_locked=True).count()
    waits = (
        Wait(without, "个账号还没有角色", reverse("people:roles-many")),
        Wait(locked, "个账号登录失败被锁定", f"{roles}?locked=1"),
    )
    return Answer(
        (Word("每个账号都有角色，没有被锁定的账号。"),),
        tuple(one for one in waits if one.count),
        is_idle=True,
        calm="您只管角色：账号由系统管理员建立，业务内容不在您的权限内。",
        rooms=(Word("授予角色", roles),),
    )
