"""Pages of bulletins: drafted by the program, worded by the clerk, checked, signed."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dukao.site.history.queries import tell_about
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.acting import ActPage, NoWords, Whereabouts, WordsForm, act_on, data_of, room
from dukao.site.supervision.models import Bulletin
from dukao.site.supervision.pressing import bulletins as actions
from dukao.site.supervision.pressing.access import visible_bulletin, visible_bulletins
from dukao.site.supervision.pressing.forms import BulletinForm, NewBulletinForm
from dukao.site.supervision.pressing.papers import bulletin_number, paper_of_bulletin


@require_GET
def bulletins(request: Asked) -> HttpResponse:
    """The bulletins, the latest first."""
    require(request.viewer, Act.SEE_PRESS)
    rows = list(visible_bulletins(request.viewer).select_related("place", "signed_by"))
    facts = {
        "rows": [(one, bulletin_number(one)) for one in rows],
        "waiting": [one for one in rows if one.stage in ("draft", "checked")],
        "signed": sum(one.stage == "sent" for one in rows),
        "may_press": may(request.viewer, Act.PRESS),
    }
    return render(request, "supervision/pressing/bulletins.html", facts)


@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    """Draft a period's bulletin."""
    require(request.viewer, Act.PRESS)
    label, as_of = actions.propose_label(localdate(request.moment))
    page = ActPage(
        "起草一期督查通报",
        (
            "程序按所填日期的事实起草：总体情况、进度改善的、滞后的及原因、没有按时报送的单位、督查室向单位要了什么；",
            "文字可以修改，数字和名单不能改；核稿、签发以后编号发布。",
        ),
        "起草",
        reverse("supervision:bulletins"),
        (room("bulletins", "督查通报"),),
        "已起草，请核对文字，再由另一位同志核稿。",
    )
    form = NewBulletinForm(data_of(request), initial={"label": label, "as_of": as_of})
    return act_on(
        request,
        page,
        form,
        lambda said: actions.draft_bulletin(
            said["label"], said["as_of"], by=request.viewer, at=request.moment
        ),
    )


@require_GET
def bulletin(request: Asked, bulletin_id: int) -> HttpResponse:
    """One bulletin as it was drafted, and what may be done with it."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_bulletin(request.viewer, bulletin_id)
    may_press, may_sign = may(request.viewer, Act.PRESS), may(request.viewer, Act.SIGN)
    is_open = found.stage in ("draft", "checked")
    facts = {
        "bulletin": found,
        "content": found.content,
        "behind": [*found.content["behind"], *found.content["blocked"]],
        "since": date.fromisoformat(found.content["since"]),
        "number": bulletin_number(found),
        "may_edit": may_press and is_open,
        "may_check": (may_press or may_sign)
        and found.stage == "draft"
        and found.drafted_by_id != request.viewer.user_id,
        "may_sign": may_sign and found.stage == "checked",
        "may_withdraw": (is_open and (may_press or may_sign)) or (found.stage == "sent" and may_sign),
        "entries": tell_about("bulletin", found.pk) if request.viewer.reach == "all" else (),
    }
    return render(request, "supervision/pressing/bulletin.html", facts)


@require_GET
def paper(request: Asked, bulletin_id: int) -> HttpResponse:
    """The bulletin as a paper."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_bulletin(request.viewer, bulletin_id)
    made = paper_of_bulletin(found)
    back = reverse("supervision:bulletin", args=[found.pk])
    crumb = room("bulletins", "督查通报")
    facts = {"paper": made, "back": back, "back_words": found.label, "crumb": crumb}
    return show_paper(request, "supervision/pressing/paper.html", facts, lambda: made, made.title)


@require_http_methods(["GET", "POST"])
def edit(request: Asked, bulletin_id: int) -> HttpResponse:
    """Change the words of a draft."""
    require(request.viewer, Act.PRESS)
    found = visible_bulletin(request.viewer, bulletin_id)
    known = {
        "opening": found.content["opening"],
        "requirements": "\n".join(found.content["requirements"]),
    }
    page = _on(found).ask(
        f"修改{found.label}通报的文字", ("改动以后要重新核稿。",), "保存", "已保存，请重新核稿。"
    )
    return act_on(
        request,
        page,
        BulletinForm(data_of(request), initial=known),
        lambda said: actions.edit_bulletin(
            found.pk,
            said["opening"],
            said["requirements"].splitlines(),
            by=request.viewer,
            at=request.moment,
        ),
    )


@require_POST
def redraw(request: Asked, bulletin_id: int) -> HttpResponse:
    """Draw the facts again."""
    require(request.viewer, Act.PRESS)
    found = visible_bulletin(request.viewer, bulletin_id)
    actions.redraw_bulletin(found.pk, by=request.viewer, at=request.moment)
    messages.success(request, "已按现在的记录重新起草，此前改过的文字不再保留。")
    return redirect("supervision:bulletin", found.pk)


@require_http_methods(["GET", "POST"])
def check(request: Asked, bulletin_id: int) -> HttpResponse:
    """核稿."""
    require(request.viewer, Act.SIGN, Act.PRESS)
    found = visible_bulletin(request.viewer, bulletin_id)
    page = _on(found).ask(
        f"核稿{found.label}通报",
        (found.content["opening"], "请核对数字、名单、原因和要求，送签发以后经办不再改。"),
        "核稿无误，送签发",
        "已核稿，等办公室负责人签发。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.check_bulletin(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def sign(request: Asked, bulletin_id: int) -> HttpResponse:
    """签发."""
    require(request.viewer, Act.SIGN)
    found = visible_bulletin(request.viewer, bulletin_id)
    content = found.content
    page = _on(found).ask(
        f"签发{found.label}督查通报吗？",
        (
            content["opening"],
            f"点名滞后事项{len(content['behind'])}项，没有报送的单位{len(content['silent'])}个；",
            "签发以后编号，各单位、各位领导都能看到，不能再改。",
        ),
        "签发",
        "已签发，各单位可以看到。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.sign_bulletin(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, bulletin_id: int) -> HttpResponse:
    """撤回."""
    require(request.viewer, Act.SIGN, Act.PRESS)
    found = visible_bulletin(request.viewer, bulletin_id)
    page = _on(found).ask(
        f"撤回{found.label}督查通报吗？",
        ("它不再有效，单位不再看到；理由留在历史记录里，同一期可以重新起草。",),
        "撤回",
        "已撤回。",
        is_danger=True,
    )
    form = WordsForm(data_of(request), label="撤回理由", missing="请写撤回理由：它会留在历史记录里。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.withdraw_bulletin(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


def _on(found: Bulletin) -> Whereabouts:
    back = reverse("supervision:bulletin", args=[found.pk])
    return Whereabouts(back, (room("bulletins", "督查通报"), (back, found.label)))
