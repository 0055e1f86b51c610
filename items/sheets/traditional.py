"""Traditional characters of headings and states, taken to simplified ones for comparing."""

# The same characters, one under the other; those that headings and states are written with.
_TRADITIONAL = (
    "號實項責單領導時間狀態備註類別區點問題來辦務標準進況際銷經費預資負聯絡員機關開啟啓動數計劃牽頭協參與監"
    "滿發現處複復檢驗層級廠長車體訴議見會門設後結續節紅黃綠燈圍屬職評證據極內產業黨書記幹總廣場備維護績聽徵"
    "錄簽確認滯遲緩暫達貫徹執調撤還終億萬個戶組織訊碼範並額"
)
_SIMPLIFIED = (
    "号实项责单领导时间状态备注类别区点问题来办务标准进况际销经费预资负联络员机关开启启动数计划牵头协参与监"
    "满发现处复复检验层级厂长车体诉议见会门设后结续节红黄绿灯围属职评证据极内产业党书记干总广场备维护绩听征"
    "录签确认滞迟缓暂达贯彻执调撤还终亿万个户组织讯码范并额"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a text with its traditional characters simplified, as far as they are known here."""
    return text.translate(_TO_SIMPLIFIED)
