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


def delete(client, row):
    """Delete a row as a browser does: look at what goes, then say yes."""
    address = page(row, "delete")
    seen = client.get(address).context.get("seen", "")
    return client.post(address, {"post": "yes", "seen": seen})


def publish(client, item_list, **sent):
    """Press the button on a list's page that publishes it."""
    seen = client.get(page(item_list)).context["seen"]
    return client.post(page(item_list, "publish"), {"seen": seen, **sent}, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]
