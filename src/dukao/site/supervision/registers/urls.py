"""Addresses of 专项清单."""

from django.urls import URLPattern, path

from dukao.site.supervision.registers.views import items, keeping, lists, spots, workbook

urlpatterns: list[URLPattern] = [
    path("registers/", lists.registers, name="registers"),
    path("registers/open/<slug:code>/", keeping.open_list, name="open-register"),
    path("registers/<slug:code>/terms/", keeping.terms, name="register-terms"),
    path("registers/<slug:code>/<int:year>/", lists.register, name="register"),
    path("registers/<slug:code>/<int:year>/new/", items.new, name="new-item"),
    path("registers/<slug:code>/<int:year>/issue/", items.issue, name="issue-items"),
    path("registers/<slug:code>/<int:year>/workbook/", workbook.workbook, name="register-workbook"),
    path("registers/<slug:code>/<int:year>/import/", workbook.import_workbook, name="import-items"),
    path("registers/<slug:code>/items/<int:item_id>/edit/", items.edit, name="edit-item"),
    path("registers/<slug:code>/items/<int:item_id>/back/", items.take_back, name="take-back-item"),
    path("registers/<slug:code>/items/<int:item_id>/places/", spots.spots, name="spots"),
]
