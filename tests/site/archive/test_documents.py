"""Documents as pages: list, paper, download, 公开属性, and what an upload is told."""

import re
from io import BytesIO
from threading import Barrier
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dukao.site.archive import actions, store
from dukao.site.archive.actions import Upload
from dukao.site.archive.models import Document, DocumentKind, Publicity
from dukao.site.archive.reading import Reading, read_as
from dukao.site.history.models import Entry
from dukao.site.ledger.models import Breakdown
from dukao.site.people.models import Place
from tests.site.at_once import twice_at_once
from tests.site.conftest import MORNING, Cast, issue
from tests.site.documents import BREAKDOWN, REPORT
from tests.site.ledger.walking import at

UPLOAD = "/documents/upload/"


def send(client: Client, *files: tuple[str, bytes], **fields: object):  # type: ignore[no-untyped-def]
    papers = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(UPLOAD, {"papers": papers, **fields})


def test_an_upload_becomes_what_its_content_says(cast: Cast) -> None:
    client = cast.client("clerk")
    response = send(client, ("甲.md", BREAKDOWN.encode()), ("乙.md", REPORT.encode()))
    assert response.status_code == 302
    kinds = dict(Document.objects.values_list("name", "kind"))
    assert kinds == {"甲.md": DocumentKind.BREAKDOWN, "乙.md": DocumentKind.REPORT}
    said = client.get(response["Location"]).content.decode()
    assert "已存为责任分解" in said
    assert "重点工作 14 项，民生实事 3 项" in said
    assert "2024" in said


def test_a_very_long_name_is_kept_by_its_end(cast: Cast) -> None:
    upload = Upload(REPORT.encode(), f"{'政府工作报告' * 40}.md", DocumentKind.REPORT)
    kept = actions.keep_document(upload, by=cast.viewer("clerk"), at=MORNING)
    assert (len(kept.name), kept.name[-5:]) == (200, "报告.md")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        (BREAKDOWN, "report", "责任分解，不是政府工作报告"),
        (REPORT, "breakdown", "政府工作报告，不是责任分解"),
    ],
)
def test_the_wrong_way_round_is_said_and_nothing_is_kept(
    cast: Cast, text: str, kind: str, found: str
) -> None:
    response = send(cast.client("clerk"), ("文件.md", text.encode()), kind=kind)
    assert response.status_code == 422
    assert found in response.content.decode()
    assert "对调" in response.content.decode()
    assert not Document.objects.exists()


def test_several_files_are_kept_all_or_none(cast: Cast) -> None:
    response = send(cast.client("clerk"), ("甲.md", REPORT.encode()), ("乙.md", "一封家书。".encode()))
    assert response.status_code == 422
    assert "“乙.md”读起来既不是" in response.content.decode()
    assert not Document.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "文件是空的"),
        ("白.txt", "　\n \n".encode(), "只有空白"),
        ("图.md", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "PNG"),
        ("程序.txt", b"MZ\0\0" + b"\0" * 200, "可执行程序"),
        ("长.txt", ("新增绿道10公里。" * 400_000).encode(), "不像一份公文"),
        ("深.txt", ("<div>" * 300 + "新增绿道10公里。").encode(), "标签套了"),
    ],
)
def test_what_is_no_document_is_refused_by_its_content(cast: Cast, name: str, data: bytes, said: str) -> None:
    response = send(cast.client("clerk"), (name, data))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Document.objects.exists()


def test_a_file_too_large_is_refused_before_it_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dukao.site.archive.actions.LARGEST", 100)
    response = send(cast.client("clerk"), ("大.md", REPORT.encode()))
    assert response.status_code == 413
    assert "超过上限" in response.content.decode()


def test_a_form_without_files_says_so(cast: Cast) -> None:
    response = cast.client("clerk").post(UPLOAD, {})
    assert response.status_code == 422
    assert "请选一份或几份文件" in response.content.decode()


@pytest.mark.parametrize("mark", ["机密★1年", "秘　密", "密级：秘密"])
def test_a_classified_paper_is_refused_before_anything_is_stored(cast: Cast, mark: str) -> None:
    before = set(store.path_of("0").parent.parent.glob("??/*"))
    response = send(cast.client("clerk"), ("报告.md", f"{mark}\n\n{REPORT}".encode()))
    assert response.status_code == 422
    assert "不得存放涉密文件" in response.content.decode()
    assert not Document.objects.exists()
    assert set(store.path_of("0").parent.parent.glob("??/*")) == before


def test_a_mark_beside_the_text_is_refused_at_the_door_too(cast: Cast) -> None:
    paper, out = docx.Document(), BytesIO()
    paper.sections[0].footer.paragraphs[0].text = "机密★10年"
    for line in REPORT.splitlines():
        paper.add_paragraph(line.lstrip("# "))
    paper.save(out)
    response = send(cast.client("clerk"), ("报告.docx", out.getvalue()))
    assert response.status_code == 422
    assert "不得存放涉密文件" in response.content.decode()
    assert not Document.objects.exists()


def test_the_very_same_file_is_kept_once(cast: Cast) -> None:
    client = cast.client("clerk")
    for _ in range(2):
        response = send(client, ("报告.md", REPORT.encode()))
    assert Document.objects.count() == 1
    assert "以前存过" in client.get(response["Location"]).content.decode()


@pytest.mark.usefixtures("real_transactions")
def test_two_who_keep_the_very_same_file_at_once_get_one_document(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, both_have_read = cast.viewer("clerk"), Barrier(2, timeout=30)

    def read_side_by_side(*facts: Any) -> Reading:
        found = read_as(*facts)
        both_have_read.wait()
        return found

    monkeypatch.setattr(actions, "read_as", read_side_by_side)
    upload = Upload(REPORT.encode(), "报告.md")
    kept = twice_at_once(lambda: actions.keep_document(upload, by=by, at=at(8)).pk)
    assert kept == [Document.objects.get().pk] * 2
    assert Entry.objects.filter(action="document-kept").count() == 1


@pytest.mark.parametrize(
    ("role", "reads", "uploads"),
    [
        ("clerk", 200, 200),
        ("head", 200, 403),
        ("liaison", 200, 403),
        ("unit_head", 200, 403),
        ("leader", 200, 403),
        ("deputy", 403, 403),
        ("auditor", 403, 403),
        ("system_admin", 403, 403),
        ("security_admin", 403, 403),
    ],
)
def test_who_reads_and_who_uploads(cast: Cast, draft: Breakdown, role: str, reads: int, uploads: int) -> None:
    client, pk = cast.client(role), draft.report_id
    for address in ("/documents/", f"/documents/{pk}/", f"/documents/{pk}/original/"):
        assert client.get(address).status_code == reads, address
    for address in (UPLOAD, f"/documents/{pk}/publicity/", f"/documents/{pk}/reread/"):
        assert client.get(address).status_code == uploads, address


@pytest.mark.parametrize("role", ["liaison", "unit_head", "leader"])
def test_a_breakdown_under_review_is_the_offices_alone_until_it_is_issued(
    cast: Cast, draft: Breakdown, role: str
) -> None:
    client, page = cast.client(role), draft.document.get_absolute_url()
    assert client.get(page).status_code == client.get(f"{page}original/").status_code == 404
    assert page not in client.get("/documents/").content.decode()
    assert "印发以前只有办公室能看" in cast.client("clerk").get(page).content.decode()
    issue(cast, draft)
    assert client.get(page).status_code == 200
    assert page in client.get("/documents/").content.decode()


def test_documents_of_another_place_are_not_there(cast: Cast, draft: Breakdown) -> None:
    other = Place.objects.create(code="990299", name="别区", level="county")
    Document.objects.filter(pk=draft.report_id).update(place=other)
    client = cast.client("clerk")
    for rest in ("", "original/", "publicity/", "reread/"):
        assert client.get(f"/documents/{draft.report_id}/{rest}").status_code == 404
    assert client.get("/documents/").content.decode().count("/documents/1") <= 1


def test_the_list_is_narrowed_by_kind_and_year(cast: Cast, draft: Breakdown) -> None:
    client = cast.client("clerk")
    assert len(client.get("/documents/").context["documents"]) == 2
    found = client.get("/documents/?kind=report&year=2024").context["documents"]
    assert [one.pk for one in found] == [draft.report_id]
    empty = client.get("/documents/?year=2019").content.decode()
    assert "没有符合筛选的文件" in empty
    assert "看全部" in empty


def test_the_empty_list_says_what_to_do(cast: Cast) -> None:
    assert (
        '先<a href="/documents/upload/">上传</a>' in cast.client("clerk").get("/documents/").content.decode()
    )
    assert "督查室上传" in cast.client("head").get("/documents/").content.decode()


def test_the_list_costs_the_same_however_many(cast: Cast, draft: Breakdown) -> None:
    client, counts = cast.client("clerk"), []
    for number in range(3):
        text = REPORT.replace("打通断头河3条", f"打通断头河{number + 5}条")
        send(client, (f"{number}.md", text.encode()))
        with CaptureQueriesContext(connection) as queries:
            client.get("/documents/")
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_paper_bears_every_word_and_the_outline_leads_into_it(cast: Cast, draft: Breakdown) -> None:
    said = cast.client("liaison").get(f"/documents/{draft.report_id}/").content.decode()
    paper = said[said.index('<article class="paper"') :]
    words = "".join(re.sub(r"<[^>]*>", "", paper[: paper.index("</article>")]).split())
    wanted = "".join(REPORT.replace("#", "").split())
    assert wanted in words.replace('aria-label="原文">', "")
    heads = re.findall(r'href="#(h-[^"]+)"', said)
    assert len(heads) >= 3
    for head in heads:
        assert f'id="{head}"' in paper
    assert "style=" not in said


def test_a_breakdown_is_set_as_its_table(cast: Cast, draft: Breakdown) -> None:
    said = cast.client("clerk").get(f"/documents/{draft.document_id}/").content.decode()
    row = "".join(said[said.index("打通断头河3条") - 200 :].split())
    assert "<td>打通断头河3条。</td><td>区水利局</td>" in row


def test_a_span_is_lit_up_where_the_sentence_stands(cast: Cast, draft: Breakdown) -> None:
    at = draft.report.text.index("打通断头河3条")
    address = f"/documents/{draft.report_id}/?span={at}-{at + 7}"
    said = cast.client("clerk").get(address).content.decode()
    found = re.search(r'<mark class="here" id="here">(.*?)</mark>', said, re.S)
    assert found
    assert re.sub(r"<[^>]*>", "", found[1]) == "打通断头河3条"
    assert said.count('id="here"') == 1


def test_a_span_over_several_lines_bears_its_id_once(cast: Cast, draft: Breakdown) -> None:
    text = draft.report.text
    start, end = text.index("建成滨海绿道"), text.index("新增公办学位") + 6
    said = cast.client("clerk").get(f"/documents/{draft.report_id}/?span={start}-{end}").content.decode()
    assert said.count('id="here"') == 1
    assert said.count('<mark class="here"') > 1


@pytest.mark.parametrize("span", ["9-3", "0-99999999", "a-b", "5", "-1-4", "12-12"])
def test_a_span_that_is_none_is_said_and_the_page_stands(cast: Cast, draft: Breakdown, span: str) -> None:
    response = cast.client("clerk").get(f"/documents/{draft.report_id}/", {"span": span})
    assert response.status_code == 200
    assert "不在这份文件里" in response.content.decode()
    assert 'id="here"' not in response.content.decode()


def test_the_original_comes_back_byte_for_byte_and_never_runs(cast: Cast) -> None:
    data = REPORT.encode("gb18030")
    client = cast.client("clerk")
    response = send(client, ('报告 "终稿".md', data))
    original = client.get(f"{response['Location']}original/")
    assert original.content == data
    assert original["Content-Type"] == "text/plain; charset=gb18030"
    assert original["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%8A%A5")
    assert original["X-Content-Type-Options"] == "nosniff"
    assert original["Cache-Control"] == "no-store"


def test_an_original_altered_on_disk_is_not_handed_out(cast: Cast, draft: Breakdown) -> None:
    path = store.path_of(draft.report.sha256)
    path.chmod(0o600)
    path.write_bytes(b"altered")
    try:
        response = cast.client("clerk").get(f"/documents/{draft.report_id}/original/")
        assert response.status_code == 410
        assert "用备份取回" in response.content.decode()
    finally:
        path.unlink()


def test_withholding_needs_its_reason_and_is_on_record(cast: Cast, draft: Breakdown) -> None:
    client, address = cast.client("clerk"), f"/documents/{draft.report_id}/publicity/"
    refused = client.post(address, {"publicity": "withheld", "reason": " "})
    assert refused.status_code == 422
    assert "须写明理由" in refused.content.decode()
    assert client.post(address, {"publicity": "withheld", "reason": "内部事务信息"}).status_code == 302
    document = Document.objects.get(pk=draft.report_id)
    assert (document.publicity, document.publicity_reason) == (Publicity.WITHHELD, "内部事务信息")
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.label, entry.why) == ("定文件公开属性", "内部事务信息")
    assert client.post(address, {"publicity": "public"}).status_code == 302
    document.refresh_from_db()
    assert (document.publicity, document.publicity_reason) == (Publicity.PUBLIC, "")
    assert client.post(address, {"publicity": "everybody"}).status_code == 422


def test_the_original_answers_whoever_asks_only_for_its_head(cast: Cast, draft: Breakdown) -> None:
    answer = cast.client("clerk").head(f"/documents/{draft.document_id}/original/")
    assert answer.status_code == 200
    assert int(answer["Content-Length"]) == draft.document.size
    assert answer.content == b""
