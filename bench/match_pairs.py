"""Pairs of petitions of which is known whether they are one matter.

For match.py.  Nothing here asks the matcher: copies are found by user and
text, edited copies are made by a fixed editor, other matters are chosen by
label, title words, user and place.  Everything is deterministic.

same:
    repost      one user, the text the same but for blanks and marks
    joint       the same text from another user
    edit-*      what the editor made of an item; -own keeps the user, the
                others come from nobody known
    again       one user, titles and places alike, the text written anew
different:
    topic       one label, similar titles, other user, other place
    elsewhere   a copy in which the place's name is another's, other user
    other       one user, nothing in common in title and place
    chance      two items at random
"""
import hashlib
import random
import re
import unicodedata

PLACE = re.compile(r"[A-Z]\d*(?:市|区|县)")
KIND = re.compile("小区|社区|花园|家园|公寓|新村|新城|街道|广场|中学|小学|学校|"
                  "医院|公司|苑|城|村|镇|路")
HAN = re.compile("[\u4e00-\u9fff]{2,4}$")
STOPS = re.compile(r"(?<=[。！？!?；;\n])")
BUSY = 20           # items of one user beyond which they are a hobby
WORDS = ("问题", "情况", "部门", "领导", "解决", "处理", "反映", "希望", "业主",
         "居民", "政府", "小区", "严重", "影响", "没有", "已经", "现在", "一直",
         "多次", "投诉", "要求", "相关", "管理", "我们", "他们", "就是", "不能")
OTHERS = ("事情", "状况", "单位", "上级", "办理", "处置", "举报", "恳请", "住户",
          "百姓", "机关", "院子", "厉害", "妨碍", "未曾", "早已", "目前", "始终",
          "反复", "上访", "请求", "有关", "监管", "咱们", "人家", "便是", "无法")
ADDED = ("此事已经拖了很长时间，至今没有人给一个说法。", "盼望早日得到回音。",
         "以上所说都是实情，照片和材料可以随时提供。",
         "我们已经打过几次热线，每次都说在办。",
         "家里有老人和孩子，实在等不起了。", "尊敬的领导：您好！",
         "补充一点：上周又发生了同样的情况。", "再次恳请过问。")


def plain(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(c for c in text if c.isalnum())


def pairs_of(text):
    text = plain(text)
    return {text[i:i + 2] for i in range(len(text) - 1)}


def alike(one, two):
    both = len(one | two)
    return len(one & two) / both if both else 0.0


def bucket(key):
    return hashlib.sha256(key.encode()).digest()[0] % 2


# --- the editor ---------------------------------------------------------------

def sentences(text):
    return [s for s in STOPS.split(text) if s.strip()]


def edit_drop(i, dice):
    parts = sentences(i["body"])
    if len(parts) < 3:
        return None
    for _ in range(max(1, len(parts) // 4)):
        parts.pop(dice.randrange(len(parts)))
    return i["title"], "".join(parts)


def edit_insert(i, dice):
    parts = sentences(i["body"]) or [i["body"]]
    for _ in range(dice.randint(1, 3)):
        parts.insert(dice.randint(0, len(parts)), dice.choice(ADDED))
    return i["title"], "".join(parts)


def edit_words(i, dice):
    body = i["body"]
    for word, other in zip(WORDS, OTHERS):
        if dice.random() < 0.7:
            body = body.replace(word, other)
    return (i["title"], body) if body != i["body"] else None


def edit_typos(i, dice):
    """One character in twelve is another one of the same text."""
    letters = list(i["body"])
    for _ in range(len(letters) // 12):
        letters[dice.randrange(len(letters))] = dice.choice(letters)
    return i["title"], "".join(letters)


def edit_title(i, dice):
    parts = sentences(i["body"])
    title = max(parts, key=len)[:18] if parts else "反映情况"
    return dice.choice(("再次反映：", "关于", "请问", "")) + title, i["body"]


def edit_trim(i, dice):
    size = len(i["body"])
    if size < 120:
        return None
    start = dice.choice((0, size // 3))
    return i["title"], i["body"][start:start + size // 2]


def edit_order(i, dice):
    parts = sentences(i["body"])
    if len(parts) < 3:
        return None
    dice.shuffle(parts)
    return i["title"], "".join(parts)


def edit_much(i, dice):
    for change in (edit_words, edit_drop, edit_insert, edit_title):
        made = change(i, dice)
        if made:
            i = i | {"title": made[0], "body": made[1]}
    return i["title"], i["body"]


EDITS = {"drop": edit_drop, "insert": edit_insert, "words": edit_words,
         "typos": edit_typos, "title": edit_title, "trim": edit_trim,
         "order": edit_order, "much": edit_much}


def edited(base, dice):
    """(kind, source, copy): every edit for some items."""
    for number, source in enumerate(base):
        if len(plain(source["body"])) < 40:
            continue
        kind = list(EDITS)[number % len(EDITS)]
        made = EDITS[kind](source, dice)
        if made is None:
            continue
        own = dice.random() < 0.5 and source["user"]
        yield (f"edit-{kind}{'-own' if own else ''}", source, source | {
            "id": f"{source['id']}-e", "title": made[0], "body": made[1],
            "user": source["user"] if own else "",
            "ms": source["ms"] + dice.randrange(1, 90) * 86_400_000})


def named(title):
    """(up to four characters before it, kind) of each name in a title."""
    for kind in KIND.finditer(title):
        before = HAN.search(title[max(0, kind.start() - 4):kind.start()])
        if before:
            yield before.group(), kind.group()


def names_of(i):
    """(stem, kind) of what the title names and the text speaks of too."""
    for before, kind in named(i["title"]):
        for size in (4, 3, 2):
            if len(before) >= size and before[-size:] in i["body"]:
                yield before[-size:], kind
                break


def moved(base, names, dice):
    """(source, copy) where the copy speaks of another place."""
    for source in base:
        text = source["title"] + source["body"]
        found = list(names_of(source))
        if not found or len(plain(source["body"])) < 40:
            continue
        stem, kind = found[0]
        others = [n for n in names.get(kind, ()) if n not in text]
        if not others:
            continue
        other = dice.choice(others)
        swap = {"title": source["title"].replace(stem, other),
                "body": source["body"].replace(stem, other)}
        region = f"B{dice.randint(2, 9)}区"
        swap = {k: PLACE.sub(region, v) for k, v in swap.items()}
        yield source, source | swap | {
            "id": f"{source['id']}-m", "user": f"{source['id']}-neighbour"}


# --- pairs ----------------------------------------------------------------------

def copies(base):
    by_text = {}
    for i in base:
        text = plain(i["body"])
        if len(text) >= 8:
            by_text.setdefault(text, []).append(i)
    for group in by_text.values():
        for n, left in enumerate(group):
            for right in group[:n]:
                same_user = left["user"] and left["user"] == right["user"]
                yield "repost" if same_user else "joint", left, right


def by_user(base):
    users = {}
    for i in base:
        if i["user"]:
            users.setdefault(i["user"], []).append(i)
    for group in users.values():
        if not 1 < len(group) <= BUSY:
            continue
        for n, left in enumerate(group):
            for right in group[:n]:
                yield left, right


def places(i):
    text = i["title"] + i["body"]
    return set(PLACE.findall(text)) - {"A市"} | {
        before[-2:] + kind for before, kind in named(i["title"])}


def same_topic(base, dice, wanted):
    """Pairs of other users and places with similar titles, one label."""
    holders = {}
    for i in base:
        for pair in pairs_of(i["title"]):
            holders.setdefault(pair, []).append(i)
    common = sorted(p for p, h in holders.items() if 2 < len(h))
    for _ in range(wanted * 40):
        left, right = dice.sample(holders[dice.choice(common)], 2)
        if left["user"] == right["user"] or not places(left) or \
                not places(right) or places(left) & places(right) or \
                left.get("label", "") != right.get("label", ""):
            continue
        if alike(pairs_of(left["title"]), pairs_of(right["title"])) >= 0.2:
            yield left, right
            wanted -= 1
        if wanted == 0:
            return


def make(base, split):
    """All items by id, and the pairs (left, right, same, kind)."""
    dice = random.Random(1)
    items = {i["id"]: i for i in base}
    chosen = [i for i in base if split == "all" or
              bucket(i["id"]) == (split == "held-out")]
    pairs, seen = [], set()

    def pair(left, right, same, kind):
        key = tuple(sorted((left["id"], right["id"])))
        if key[0] != key[1] and key not in seen:
            seen.add(key)
            items.setdefault(left["id"], left)
            items.setdefault(right["id"], right)
            pairs.append((left["id"], right["id"], same, kind))

    for kind, left, right in copies(chosen):
        pair(left, right, True, kind)
    for kind, left, right in edited(chosen[::2], dice):
        pair(left, right, True, kind)
    for left, right in by_user(chosen):
        titles = alike(pairs_of(left["title"]), pairs_of(right["title"]))
        shared = places(left) & places(right)
        if titles >= 0.4 and (shared or not places(left) | places(right)):
            pair(left, right, True, "again")
        elif titles == 0 and not shared:
            pair(left, right, False, "other")
    names = {}
    for i in base:
        for stem, kind in names_of(i):
            names.setdefault(kind, set()).add(stem)
    names = {kind: sorted(stems) for kind, stems in names.items()}
    for left, right in moved(chosen[1::4], names, dice):
        pair(left, right, False, "elsewhere")
    for left, right in same_topic(chosen, dice, len(chosen) // 4):
        pair(left, right, False, "topic")
    for _ in range(len(chosen) // 4):
        left, right = dice.choice(chosen), dice.choice(chosen)
        if not left["user"] or left["user"] != right["user"]:
            if plain(left["body"]) != plain(right["body"]):
                pair(left, right, False, "chance")
    return items, pairs


# --- many and made-up items -------------------------------------------------------

def variations(base, dice):
    """Without end: new items put together from sentences of several."""
    parts = [s for i in base for s in sentences(i["body"])]
    titles = [i["title"] for i in base]
    stems = sorted({stem for i in base for stem, _ in names_of(i)}) or \
        ["东湖", "南山"]
    number = 0
    while True:
        number += 1
        body = "".join(dice.choice(parts)
                       for _ in range(dice.randint(3, 7)))[:2000]
        letters = list(body)
        for _ in range(len(letters) // 10):
            letters[dice.randrange(len(letters))] = dice.choice(letters)
        title = dice.choice(titles)
        yield {"id": f"v{number}", "user": f"v{dice.randrange(700_000)}",
               "ms": 1_600_000_000_000 + number * 60_000,
               "title": dice.choice(stems) + title[len(title) // 3:],
               "place": "", "category": "", "body": "".join(letters)}


SYLLABLES = "东西南北江河湖山金银玉翠松柏梅兰竹菊春夏秋冬和平安康福祥瑞丽华"
KINDS = ("小区", "社区", "花园", "新村", "家园", "村", "街道", "路", "广场")
MATTERS = (
    ("夜里施工噪音扰民", "工地每天夜里施工到凌晨，机器声音很大，老人孩子无法入睡。",
     "打过电话，来人看了就走，第二天照旧。", "请按规定限制夜间施工的时间。"),
    ("拖欠工资不发", "干了八个月的活，工钱只发了两个月，老板电话也不接。",
     "劳动部门说要等总包的结算。", "请督促企业把工钱付清。"),
    ("电梯经常坏", "楼里的电梯一个月坏了五次，有人被关在里面四十分钟。",
     "物业说维修资金批不下来。", "请派人检验并尽快更换。"),
    ("道路积水难行", "一下雨路面就积水，最深的地方没过膝盖，学生只能绕路。",
     "排水口几年没有清理过。", "请把排水管道疏通。"),
    ("饭店油烟直排", "楼下饭店的油烟从窗户进屋，衣服不能晾在外面。",
     "店里没有装专用烟道。", "请查处并要求整改。"),
    ("征地补偿没有到位", "村里的地去年被征，补偿款到今天只发了一半。",
     "问镇上，说钱还没有拨下来。", "请公布补偿的账目。"),
    ("房产证迟迟办不下来", "交房三年，开发商一直不办房产证，孩子上学受到影响。",
     "开发商说测绘没有完成。", "请协调不动产登记部门。"),
    ("公交线路太少", "这一片住了上万人，只有一路公交，早上等半个钟头。",
     "公交公司说客流不够。", "请加开一条到地铁站的线。"),
    ("医保报销比例不清", "住院花了三万元，报销的数目与窗口说的不一样。",
     "两个窗口的说法不同。", "请给一个明白的解释。"),
    ("学校食堂收费太高", "食堂一顿要二十元，孩子说常常吃不饱。",
     "家长会上问过，没有回答。", "请公开食堂的账目。"))
DETAILS = ("我家住在{}栋{}单元。", "事情从{}月{}日开始。", "前后已经问过{}次，等了{}天。",
           "这里住着{}户人家，{}位老人。", "距离最近的窗户只有{}米，楼高{}层。",
           "当时的工作人员编号是{}，登记号{}。")


def made_up(count):
    """Petitions of nobody about nothing, alike in wording within a topic."""
    dice = random.Random(7)
    out = []
    for number in range(count):
        subject, *body = dice.choice(MATTERS)
        name = "".join(dice.choice(SYLLABLES) for _ in range(3)) + \
            dice.choice(KINDS)
        details = [d.format(dice.randint(1, 30), dice.randint(2, 99))
                   for d in dice.sample(DETAILS, 3)]
        parts = body + details
        dice.shuffle(parts)
        out.append({
            "id": f"u{number}", "user": f"w{dice.randrange(count)}",
            "ms": 1_700_000_000_000 + number * 3_600_000,
            "title": f"{name}{subject}", "place": "", "category": "",
            "label": subject, "body": f"{name}的情况：" + "".join(parts)})
    return out
