"""Who lives and works in Linjiang. Pure: names and temperaments from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

DEMO_PASSWORD = "linjiang-2026-demo"
DEMO_PIN = "280615"

SURNAMES = (
    "林 Lin,周 Zhou,陈 Chen,王 Wang,李 Li,张 Zhang,刘 Liu,杨 Yang,赵 Zhao,黄 Huang,吴 Wu,徐 Xu,孙 Sun,马 Ma,朱 Zhu,胡 Hu,"
    "郭 Guo,何 He,高 Gao,罗 Luo,郑 Zheng,梁 Liang,谢 Xie,宋 Song,唐 Tang,许 Xu,韩 Han,冯 Feng,邓 Deng,曹 Cao,彭 Peng,曾 Zeng,"
    "肖 Xiao,田 Tian,董 Dong,袁 Yuan,潘 Pan,蒋 Jiang,蔡 Cai,余 Yu,杜 Du,叶 Ye,程 Cheng,苏 Su,魏 Wei,吕 Lü,丁 Ding,沈 Shen"
)
GIVEN = (
    "晓雨 Xiaoyu,明 Ming,子涵 Zihan,佳宁 Jianing,启航 Qihang,玉珍 Yuzhen,立 Li,思远 Siyuan,雅琴 Yaqin,浩然 Haoran,梓萱 Zixuan,"
    "建国 Jianguo,桂兰 Guilan,志强 Zhiqiang,丽华 Lihua,文博 Wenbo,欣怡 Xinyi,俊杰 Junjie,雪梅 Xuemei,海燕 Haiyan,小龙 Xiaolong,"
    "婷婷 Tingting,宇轩 Yuxuan,静怡 Jingyi,国平 Guoping,秀英 Xiuying,天佑 Tianyou,若曦 Ruoxi,德福 Defu,春花 Chunhua,一诺 Yinuo,"
    "嘉豪 Jiahao,美玲 Meiling,长江 Changjiang,诗涵 Shihan,振华 Zhenhua,彩霞 Caixia,少华 Shaohua,月 Yue,凡 Fan,蕾 Lei,岚 Lan"
)
ENGLISH = "Amelia Hart,Tom Becker,Sofia Rossi,James Okafor,Priya Nair,Lucas Moreau,Emma Lindqvist,Daniel Park,Hannah Weiss,Omar Aziz"
SHOPS = (
    "青禾面包·解放路店|Qinghe Bakery, Jiefang Rd|bakery|1800-6800,老周海鲜|Lao Zhou Seafood|seafood|5600-26800,"
    "临江鲜果|Linjiang Fruit|grocery|900-6600,好邻便利店|Good Neighbour Store|grocery|350-5200,江畔咖啡|Riverside Coffee|cafe|1600-5800,"
    "小面公所|Noodle Hall|restaurant|1200-3900,书香里|Shuxiangli Books|books|1900-12800,康民药房|Kangmin Pharmacy|pharmacy|800-9900,"
    "码头火锅|Pier Hotpot|restaurant|8800-32000,青石茶馆|Qingshi Teahouse|cafe|1800-9800,江城地铁|Linjiang Metro|transport|200-700,"
    "城北公交|Chengbei Bus|transport|200-400,蓝鲸影院|Blue Whale Cinema|leisure|3500-12000,阿芳美发|Afang Hair|services|3000-18000,"
    "大润蔬菜|Darun Greens|grocery|600-7800,晨光文具|Chenguang Stationery|books|300-4500,悦动健身|Yuedong Fitness|leisure|3000-19800,"
    "江南点心铺|Jiangnan Dim Sum|restaurant|900-4800,花间集|Huajian Flowers|services|2900-16800,老街修鞋|Old Street Cobbler|services|800-3500,"
    "四季羊汤|Four Seasons Lamb Soup|restaurant|1800-5600,校园食堂|Campus Canteen|restaurant|600-2200,临江电影城|Linjiang Cinema City|leisure|3500-9900,"
    "云上洗衣|Cloud Laundry|services|1500-6800,绿源水站|Greenspring Water|services|800-2400,巷口早点|Lane-mouth Breakfast|restaurant|400-1800,"
    "图南打印|Tunan Print|services|100-3900,旺角茶餐厅|Wangjiao Diner|restaurant|2200-9800,童趣玩具|Tongqu Toys|leisure|1900-26800,"
    "江岸烘焙|Jiang'an Bakes|bakery|1200-8800,安心宠物|Anxin Pets|services|2900-29800,北岸超市|North Bank Market|grocery|1200-28800,"
    "听涛停车|Tingtao Parking|transport|500-4000,竹里素食|Zhuli Vegetarian|restaurant|1900-7800,五金杂货王|Hardware King|services|300-12800,"
    "芒果甜品|Mango Desserts|cafe|1500-5200,江边烧烤|Riverside Grill|restaurant|3800-22000,明视眼镜|Mingshi Optics|services|9900-68000,"
    "轻骑单车|Qingqi Bikes|transport|150-900,夜航便利|Night Ferry Store|grocery|350-4600"
)
STAFF = (
    "1024|周岚|Zhou Lan|payments|agent,1025|何静|He Jing|payments|agent,1031|马骁|Ma Xiao|payments|agent,1040|罗丹|Luo Dan|security|agent,"
    "1041|沈一白|Shen Yibai|security|agent,1052|许诺|Xu Nuo|enquiries|agent,1053|高源|Gao Yuan|enquiries|agent,1060|田田|Tian Tian|complaints|agent,"
    "0387|宋知行|Song Zhixing|review|senior_agent,0388|梁秋|Liang Qiu|review|senior_agent,0201|唐宁|Tang Ning|enquiries|supervisor,"
    "0305|袁帆|Yuan Fan|security|risk_officer,0412|丁洁|Ding Jie|finance|finance_officer,0420|苏合|Su He|editorial|editor,0501|叶清|Ye Qing|audit|auditor"
)
TEAMS = {
    "payments": ("支付问题组", "Payments"),
    "security": ("安全组", "Security"),
    "enquiries": ("咨询组", "Enquiries"),
    "complaints": ("投诉组", "Complaints"),
    "review": ("复核组", "Review"),
    "finance": ("财务组", "Finance"),
    "editorial": ("内容组", "Editorial"),
    "audit": ("审计组", "Audit"),
}


@dataclass(frozen=True)
class Citizen:
    name: str
    english: str
    email: str
    phone: str
    language: str
    spends_a_day: float
    """How many payments on an ordinary day."""
    monthly_top_up: int
    """Minor units, CNY."""


@dataclass(frozen=True)
class Shop:
    name_zh: str
    name_en: str
    category: str
    cheapest: int
    dearest: int
    owner_email: str


@dataclass(frozen=True)
class Clerk:
    number: str
    name_zh: str
    name_en: str
    team: str
    role: str
    email: str


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(first, second) for first, second in (item.split(" ", 1) for item in text.split(","))]


def citizens(seed: int, count: int = 300) -> list[Citizen]:
    """The people, the first being Lin Xiaoyu, whom the pictures and the guide know."""
    dice = Random(seed)
    surnames, given = _pairs(SURNAMES), _pairs(GIVEN)
    foreigners = ENGLISH.split(",")
    people: list[Citizen] = []
    for place in range(count):
        surname, first = (surnames[0], given[0]) if place == 0 else (dice.choice(surnames), dice.choice(given))
        english = f"{surname[1]} {first[1]}"
        foreign = place and place % 30 == 0 and foreigners
        name = foreigners.pop() if foreign else surname[0] + first[0]
        email = "lin.xiaoyu@demo.example" if place == 0 else f"citizen{place:03d}@demo.example"
        income = dice.choice((180_000, 240_000, 320_000, 450_000, 600_000))
        people.append(
            Citizen(
                name,
                name if foreign else english,
                email,
                f"+8613{dice.randrange(10**9):09d}",
                "en" if foreign else "zh-hans",
                dice.choice((0.3, 0.6, 0.9, 1.2, 1.8)),
                income,
            )
        )
    return people


def shops() -> list[Shop]:
    found = []
    for place, line in enumerate(SHOPS.replace(", ", "、 ").split(",")):
        name_zh, name_en, category, prices = line.replace("、 ", ", ").split("|")
        cheapest, dearest = (int(figure) for figure in prices.split("-"))
        email = "qinghe@demo.example" if place == 0 else f"shop{place:02d}@demo.example"
        found.append(Shop(name_zh, name_en, category, cheapest, dearest, email))
    return found


def clerks() -> list[Clerk]:
    return [
        Clerk(number, name_zh, name_en, team, role, f"agent{number}@demo.example")
        for number, name_zh, name_en, team, role in (line.split("|") for line in STAFF.split(","))
    ]
