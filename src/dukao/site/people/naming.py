"""What is done in this room, in words; what a log-in name is made of."""

import re

from django.db.models import TextChoices

LOGIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")


class Action(TextChoices):
    """Every action of the room; the label is what the history shows."""

    ADMINISTRATORS_ENROLLED = "administrators-enrolled", "首次启动，设立三个管理员账号"
    ADMINISTRATOR_REISSUED = "administrator-reissued", "在服务器上换发管理员的一次性口令，重置动态口令"
    PLACE_ENROLLED = "place-enrolled", "设立地方"
    PLACE_CHANGED = "place-changed", "修改地方信息"
    ACCOUNT_MADE = "account-made", "新建账号"
    ACCOUNT_CHANGED = "account-changed", "修改账号"
    ACCOUNT_DISABLED = "account-disabled", "停用账号"
    ACCOUNT_ENABLED = "account-enabled", "启用账号"
    PASSWORD_RESET = "password-reset", "重置密码"
    PASSWORD_CHANGED = "password-changed", "修改自己的密码"
    ROLE_GRANTED = "role-granted", "授予角色"
    ROLE_TAKEN_BACK = "role-taken-back", "收回角色"
    ACCOUNT_LOCKED = "account-locked", "连续登录失败，账号锁定"
    ACCOUNT_UNLOCKED = "account-unlocked", "解除锁定"
    SECOND_FACTOR_ENROLLED = "second-factor-enrolled", "绑定动态口令"
    SECOND_FACTOR_GIVEN_UP = "second-factor-given-up", "解除自己的动态口令"
    SECOND_FACTOR_RESET = "second-factor-reset", "重置动态口令"
    TOKEN_ISSUED = "token-issued", "新建接口令牌"
    TOKEN_WITHDRAWN = "token-withdrawn", "撤销接口令牌"
    UNIT_FOUNDED = "unit-founded", "新增单位"
    UNIT_CHANGED = "unit-changed", "修改单位"
    UNIT_RENAMED = "unit-renamed", "单位更名"
    UNIT_NAME_ADDED = "unit-name-added", "增加单位名称"
    UNIT_NAME_MOVED = "unit-name-moved", "名称改归另一单位"
    UNIT_OFFICE_ADDED = "unit-office-added", "增加内设机构"
    UNIT_ENDED = "unit-ended", "单位终止"
    UNIT_REVIVED = "unit-revived", "撤销单位终止"
    GROUP_MADE = "group-made", "新增统称"
    GROUP_CHANGED = "group-changed", "修改统称"
    MEMBER_ADDED = "member-added", "统称增加成员"
    MEMBER_REMOVED = "member-removed", "统称减少成员"
    POST_MADE = "post-made", "新增职务"
    POST_CHANGED = "post-changed", "修改职务"
    HOLDER_CHANGED = "holder-changed", "职务换人"
    HOLDER_LEFT = "holder-left", "离任"
