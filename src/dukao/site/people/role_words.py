"""What each role is for, in the words its giver and its holder read."""

from dukao.site.people.models import Role

ROLE_WORDS: dict[Role, str] = {
    Role.CLERK: "上传文件、核对分解、维护台账和单位，看得到本地方的全部任务，包括草稿",
    Role.HEAD: "签发责任分解和补充通知，看得到本地方的全部任务，包括草稿",
    Role.LIAISON: "答复征求意见、办理本单位的任务，只看本单位牵头、负责或配合的任务",
    Role.UNIT_HEAD: "与联络员所见相同，并可代表单位答复",
    Role.LEADER: "看所任职务牵头的任务；总负责的看全部已印发的任务",
    Role.DEPUTY: "只看已印发并主动公开的任务",
    Role.AUDITOR: "查看并查验历史记录，不办任何业务",
    Role.SYSTEM_ADMIN: "管理账号和地方，不授角色，不看业务",
    Role.SECURITY_ADMIN: "授予和收回角色、解除锁定、重置动态口令，不建账号，不看业务",
}
