"""What an auditor looks for."""

from django import forms

from dukao.site.history.browsing import Wanted


class WantedForm(forms.Form):
    """Filters of the history; every one may be empty."""

    actor = forms.CharField(required=False, max_length=150)
    action = forms.CharField(required=False, max_length=60)
    since = forms.DateField(required=False, error_messages={"invalid": "起始日期写成 2024-03-01 这样。"})
    until = forms.DateField(required=False, error_messages={"invalid": "截止日期写成 2024-03-31 这样。"})
    kind = forms.CharField(required=False, max_length=30)
    key = forms.CharField(required=False, max_length=60)

    @property
    def wanted(self) -> Wanted:
        """What is looked for; a filter that cannot be read is left out."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})
