"""Addresses of rounds and filings."""

from django.urls import URLPattern, path

from dukao.site.supervision.filing.views import burden, evidence, office, unit, workbook

urlpatterns: list[URLPattern] = [
    path("filings/", unit.filings, name="filings"),
    path("filings/<int:filing_id>/save/", unit.save, name="save-filing"),
    path("filings/<int:filing_id>/unchanged/", unit.unchanged, name="file-unchanged"),
    path("filings/<int:filing_id>/undo/", unit.undo, name="undo-filing"),
    path("filings/<int:filing_id>/take/<int:part_id>/", unit.take, name="take-part"),
    path("filings/<int:filing_id>/evidence/", evidence.add, name="add-evidence"),
    path("filings/<int:filing_id>/accept/", office.accept, name="accept-filing"),
    path("filings/<int:filing_id>/return/", office.send_back, name="return-filing"),
    path("rounds/<int:round_id>/workbook/", workbook.workbook, name="filings-workbook"),
    path("rounds/<int:round_id>/import/", workbook.import_workbook, name="import-filings"),
    path("burden/", burden.burden, name="burden"),
    path("evidence/<int:evidence_id>/", evidence.evidence, name="evidence"),
    path("evidence/<int:evidence_id>/withdraw/", evidence.withdraw, name="withdraw-evidence"),
    path("rounds/", office.rounds, name="rounds"),
    path("rounds/<int:round_id>/", office.round_page, name="round"),
    path("rounds/<int:round_id>/accept/", office.accept_all, name="accept-filings"),
    path("rounds/<int:round_id>/confirm/", unit.confirm, name="confirm-filings"),
    path("rounds/<int:round_id>/recall/", unit.recall, name="recall-filings"),
]
