"""What the three administrators come for: the history with its proof, accounts, roles."""

from datetime import datetime

from django.urls import reverse

from dukao.site.history.browsing import visible_to
from dukao.site.history.queries import verify_chain
from dukao.site.history.telling import tell_all
from dukao.site.home.values import Answer, Word
from dukao.site.people.access import Viewer
from dukao.site.people.queries import count_accounts, holders_of_roles, locked_names

_SHOWN = 12
_WALKED = 2000  # entries: a longer chain is proved on its own page


def answer_auditor(viewer: Viewer, now: datetime) -> Answer:
    """The history with its proof state."""
    entries = visible_to(viewer.place_code)
    history = reverse("history:history")
    count = entries.count()
    if not count:
        return Answer((Word("还没有历史记录。"),), calm="每一次修改都会在这里留下一条，谁也改不了。")
    words = [Word(f"{count} 条", history), Word("历史记录")]
    warning = ""
    if count > _WALKED:
        words += [Word("；记录很多，请到历史记录页"), Word("验证整条链", history)]
    else:
        verdict = verify_chain()
        if verdict.holds:
            words.append(Word(f"，全链 {verdict.entries} 条刚刚验证完好"))
        else:
            words.append(Word("，链已经断开"))
            warning = f"{verdict.reason}。请保护现场，停止写入，用备份比对。"
    latest = tell_all(entries[:_SHOWN])
    return Answer(
        (*words, Word("。")), entries=tuple(latest), warning=warning, rooms=(Word("查全部记录", history),)
    )


def answer_system(viewer: Viewer, now: datetime) -> Answer:
    """The accounts of the installation."""
    counts = count_accounts(viewer, now)
    users = reverse("people:users")
    words = [Word(f"{counts.all} 个账号", users)]
    if counts.new:
        words += [Word("，"), Word(f"{counts.new} 个", f"{users}?state=new"), Word("还在用一次性密码")]
    if counts.disabled:
        words += [Word("，"), Word(f"{counts.disabled} 个", f"{users}?state=disabled"), Word("已停用")]
    rooms = (Word("新建账号", reverse("people:user-new")), Word("地方", reverse("people:places")))
    return Answer((*words, Word("。")), calm="您只管账号：业务内容和角色不在您的权限内。", rooms=rooms)


def answer_security(viewer: Viewer, now: datetime) -> Answer:
    """Who has no role yet, and who is locked out."""
    roles = reverse("people:roles")
    waiting_for_role = holders_of_roles(viewer, now, role="none").count()
    locked = len(locked_names(now))
    words: list[Word] = []
    if waiting_for_role:
        words += [Word(f"{waiting_for_role} 个账号", f"{roles}?role=none"), Word("还没有角色")]
    if locked:
        words += [Word("，" if words else ""), Word(f"{locked} 个账号", roles), Word("登录失败被锁定")]
    if not words:
        words = [Word("每个账号都有角色，没有被锁定的账号")]
    return Answer(
        (*words, Word("。")),
        calm="您只管角色：账号由系统管理员建立，业务内容不在您的权限内。",
        rooms=(Word("授予角色", roles),),
    )
