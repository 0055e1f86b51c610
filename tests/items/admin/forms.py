"""Fill in the admin's forms as a browser does."""

from django.urls import reverse


def page(row, verb="change"):
    """Return the address of a row's page."""
    return reverse(f"admin:items_{row._meta.model_name}_{verb}", args=[row.pk])


def shown(client, address):
    """Return what the form of a page holds, ready to be sent back."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            sent[field.html_name] = "" if value is None else value
    return {name: value for name, value in sent.items() if value is not False}


def messages_of(response):
    return [str(message) for message in response.context["messages"]]
