"""What a whole workbook is refused for; what is wrong with one row stands in the comparison."""

from dukao.site.refusals import Refusal as _Refusal

_AGAIN = "请从台账重新导出一份，在那一份上修改后再导入。"


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    NO_FILE = "workbook-missing", "没有选择文件：请选择从台账导出、改好的 .xlsx 工作簿。"
    WRONG_KIND = (
        "workbook-kind",
        "“{name}”不是 .xlsx 工作簿：请在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”再传。",
    )
    UNREADABLE = "workbook-unreadable", f"“{{name}}”打不开，可能已损坏或设有密码：{_AGAIN}"
    NOT_OURS = (
        "workbook-foreign",
        f"“{{name}}”里没有“重点工作”或“民生实事”表，不是从台账导出的工作簿：{_AGAIN}",
    )
    COLUMNS_GONE = (
        "workbook-columns",
        f"“{{sheet}}”表缺少这些栏：{{heads}}。不需要的栏可以隐藏，不要删去；{_AGAIN}",
    )
    TOO_WIDE = (
        "workbook-extent",
        "“{name}”超出台账的大小（{rows} 行、{columns} 列）：请删去表格以外的内容和下方的空行再传。",
    )
    EXPIRED = "workbook-expired", "核对这份工作簿已过了一小时，没有应用任何改动：请重新上传，再核对一遍。"
    MOVED = (
        "workbook-moved",
        "在您核对期间台账有了新的改动，没有应用任何一行：请重新上传同一份工作簿，再核对一遍。",
    )
    NOTHING = "workbook-nothing", "没有可以应用的改动：台账没有变。"
    WHY_MISSING = "workbook-why", "有任务改动了已定的时限：请写明依据或理由，原来的时限留在历史里。"
    BASIS_MISSING = "workbook-basis", "涉及内容、单位或领导的改动须有依据：请填写文号、日期和事由。"
