"""Traditional characters of headings, states and days, taken to simplified ones for comparing."""

# The same characters, one under the other; those that headings, states and days are written with.
_TRADITIONAL = (
    "號實項責單領導時間狀態備註類別區點問題來辦務標準進況際銷經費預資負聯絡員機關開啟啓動數計劃"
    "牽頭協參與監滿發現處複復檢驗層級廠長車體訴議見會門設後結續節紅黃綠燈圍屬職評證據極內產業黨"
    "書記幹總廣場維護績聽徵錄簽確認滯遲緩暫達貫徹執調撤還終億萬個戶組織訊碼範並額堅國慶勞陽從週"
    "歲農曆陰舊爭兒婦軍師臨"
)
_SIMPLIFIED = (
    "号实项责单领导时间状态备注类别区点问题来办务标准进况际销经费预资负联络员机关开启启动数计划"
    "牵头协参与监满发现处复复检验层级厂长车体诉议见会门设后结续节红黄绿灯围属职评证据极内产业党"
    "书记干总广场维护绩听征录签确认滞迟缓暂达贯彻执调撤还终亿万个户组织讯码范并额坚国庆劳阳从周"
    "岁农历阴旧争儿妇军师临"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a text with its traditional characters simplified, as far as they are known here."""
    return text.translate(_TO_SIMPLIFIED)
