/*
 * catalogue_list - the texts themselves: X(name, Chinese, English).
 *
 * Included several times by node/catalogue.*, so it has no guard.  One
 * section per module, opened by a comment line with the module's name.  Both
 * languages use the same placeholders {1} ... {5}; a sentence says what is
 * wrong, where, and what to do about it.
 */

/* language */
X(SAY_LANGUAGE_NAME, "中文", "English")

/* office_code */
X(SAY_OFFICE_CODE_MALFORMED,
    "机构代码“{1}”不正确：应为 6 至 12 位数字或大写字母，例如 420106。",
    "Office code '{1}' is not one: use 6 to 12 digits or capitals, "
    "for example 420106.")
X(SAY_OFFICE_CODE_PARENT_NEEDED,
    "机构代码“{1}”不在国家行政区划代码之内，请写明它的上级机构代码。",
    "Office code '{1}' is outside the national division codes: name its "
    "parent office.")

/* item_number */
X(SAY_ITEM_NUMBER_MALFORMED,
    "“{1}”不是信访件编号：应形如 {2}。",
    "'{1}' is not an item number: it should look like {2}.")
X(SAY_ITEM_NUMBER_MISTYPED,
    "编号“{1}”有误：校验位不符，请对照回执逐位核对。",
    "Number '{1}' is mistyped: its check character does not fit. Compare it "
    "with the slip, character by character.")
