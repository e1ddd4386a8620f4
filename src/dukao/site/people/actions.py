"""The door to change people: everything done here, each one transaction and one entry of the history."""

from dukao.site.people.accounts import (
    change_account,
    change_password,
    disable_account,
    enable_account,
    make_account,
    reset_password,
)
from dukao.site.people.enrolment import change_place, enrol_administrators, enrol_place
from dukao.site.people.granting import grant_role, grant_roles, note_lock, take_back_role, unlock_account
from dukao.site.people.groups import add_members, make_group, remove_member, set_chosen
from dukao.site.people.posts import change_post, leave, make_post, seat
from dukao.site.people.roster.making import make_roster
from dukao.site.people.second_factor import confirm_device, give_up_second_factor, reset_second_factor
from dukao.site.people.tokens import issue_token, withdraw_token
from dukao.site.people.units import (
    add_name,
    add_office,
    change_unit,
    end_unit,
    make_unit,
    move_name,
    rename_unit,
    revive_unit,
)

__all__ = [
    "add_members",
    "add_name",
    "add_office",
    "change_account",
    "change_password",
    "change_place",
    "change_post",
    "change_unit",
    "confirm_device",
    "disable_account",
    "enable_account",
    "end_unit",
    "enrol_administrators",
    "enrol_place",
    "give_up_second_factor",
    "grant_role",
    "grant_roles",
    "issue_token",
    "leave",
    "make_account",
    "make_group",
    "make_post",
    "make_roster",
    "make_unit",
    "move_name",
    "note_lock",
    "remove_member",
    "rename_unit",
    "reset_password",
    "reset_second_factor",
    "revive_unit",
    "seat",
    "set_chosen",
    "take_back_role",
    "unlock_account",
    "withdraw_token",
]
