//! The texts of the page, in every language that it speaks: one table, a text a row.
//!
//! `{}` in a text is the place of a number or a name. What the rules, kinds and statuses are called stands in `wording::names`.

pub mod names;

use crate::server::page::tongue::Tongue;

macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident: $english:literal, $korean:literal, $simplified:literal, $traditional:literal;)+) => {
        /// The texts of one language.
        #[allow(missing_docs, reason = "each text says itself what it is")]
        #[derive(Debug)]
        pub struct Wording { $($(#[$meta])* pub $name: &'static str,)+ }

        static ENGLISH: Wording = Wording { $($name: $english,)+ };
        static KOREAN: Wording = Wording { $($name: $korean,)+ };
        static SIMPLIFIED: Wording = Wording { $($name: $simplified,)+ };
        static TRADITIONAL: Wording = Wording { $($name: $traditional,)+ };

        #[cfg(test)]
        const ROWS: &[[&str; 4]] = &[$([$english, $korean, $simplified, $traditional],)+];
    };
}

impl Wording {
    /// Returns the texts of a language.
    pub fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::English => &ENGLISH,
            Tongue::Korean => &KOREAN,
            Tongue::Simplified => &SIMPLIFIED,
            Tongue::Traditional => &TRADITIONAL,
        }
    }
}

/// Puts a number or a name in its place.
pub fn with(text: &str, value: impl std::fmt::Display) -> String {
    text.replacen("{}", &value.to_string(), 1)
}

/// Says how many there are; `texts` are those for one and for several.
pub fn counted(texts: [&str; 2], count: usize) -> String {
    with(texts[usize::from(count != 1)], count)
}

texts! {
    // The frame.
    skip: "Skip to the content", "본문으로 건너뛰기", "跳到正文", "跳到正文";
    sections: "Sections", "메뉴", "栏目", "欄目";
    search: "Search", "찾기", "查询", "查詢";
    check: "Check", "교열", "校对", "校對";
    glossary: "Glossary", "용어집", "术语表", "詞彙表";
    interface: "Language of the page", "화면 언어", "界面语言", "介面語言";
    theme: "Colours", "화면 색", "配色", "配色";
    theme_auto: "System", "시스템", "跟随系统", "跟隨系統";
    theme_light: "Light", "밝게", "浅色", "淺色";
    theme_dark: "Dark", "어둡게", "深色", "深色";
    keys: "Keys", "단축키", "快捷键", "快速鍵";
    close: "Close", "닫기", "关闭", "關閉";
    failed: "The server does not answer. What you have typed is still here; try again.",
        "서버가 응답하지 않습니다. 입력한 내용은 그대로 있으니 다시 시도하십시오.",
        "服务器没有响应。已输入的内容仍在，请重试。", "伺服器沒有回應。已輸入的內容仍在，請重試。";
    refused: "The server has refused this: {}", "서버가 요청을 거부했습니다: {}", "服务器拒绝了请求：{}", "伺服器拒絕了請求：{}";
    copied: "Copied: {}", "복사함: {}", "已复制：{}", "已複製：{}";
    copy: "Copy", "복사", "复制", "複製";
    // The marks of each language between and around words.
    colon: ": ", ": ", "：", "：";
    between: ", ", ", ", "、", "、";
    in_brackets: " ({})", " ({})", "（{}）", "（{}）";

    // Search.
    search_label: "Name, institution or term, in any script", "인명·기관명·용어 (한글·한자·로마자)", "人名、机构名或术语（任何文字均可）",
        "人名、機構名或詞彙（任何文字均可）";
    search_place: "Diaoyutai, 조락제, 赵乐际 …", "조락제, Diaoyutai, 赵乐际 …", "赵乐际、조락제、Diaoyutai ……", "趙樂際、조락제、Diaoyutai ……";
    search_start: "Type a name as you have it: English, Korean, Chinese, an old spelling, a slip. The answer comes while you type.",
        "영어·한국어·중국어, 옛 표기, 잘못 쓴 표기까지 아는 대로 입력하십시오. 입력하는 동안 바로 찾아 줍니다.",
        "照手头的写法输入即可：英文、韩文、中文、旧译、误写都行，边输入边出结果。",
        "照手邊的寫法輸入即可：英文、韓文、中文、舊譯、誤寫都行，邊輸入邊出結果。";
    search_examples: "For example", "예", "例如", "例如";
    one_result: "{} result", "{}건", "{} 条结果", "{} 筆結果";
    many_results: "{} results", "{}건", "{} 条结果", "{} 筆結果";
    nothing_recorded: "Nothing recorded for “{}”, and nothing near enough to guess.",
        "‘{}’에 대한 기록이 없고, 짐작할 만큼 비슷한 것도 없습니다.", "没有“{}”的记录，也没有足够接近的条目。",
        "沒有「{}」的紀錄，也沒有足夠接近的條目。";
    rules_give: "What the rules give", "표기 규칙에 따르면", "按规则推导的译名", "按規則推導的譯名";
    rules_warning: "Not verified: nobody has recorded these. Check them before they are printed.",
        "확인되지 않은 표기입니다. 싣기 전에 확인하십시오.", "未经核实：词库尚未收录，刊发前请核对。", "未經核實：詞庫尚未收錄，刊發前請核對。";
    unverified: "unverified", "미확인", "未核实", "未核實";
    begins_so: "begins so", "입력한 글자로 시작", "以此开头", "以此開頭";
    guess: "a guess", "추정", "推测", "疑似";
    in_the_text: "named in the text", "입력한 글에 나옴", "文中提及", "文中提及";
    near_segments: "Sentences like it", "비슷한 문장", "相似的句子", "相似的句子";
    in_your_glossary: "your glossary", "자체 용어집", "本社术语表", "本社詞彙表";
    also: "also", "허용", "亦可", "亦可";
    not: "not", "쓰지 않음", "不宜用", "不宜用";
    never: "never", "금지", "禁用", "禁用";
    from_day: "from {}", "{}부터", "{} 起", "{} 起";
    to_day: "to {}", "{}까지", "至 {}", "至 {}";
    valid: "Valid", "기간", "有效期", "有效期";
    note: "Note", "메모", "备注", "備註";
    source: "Source", "출처", "来源", "來源";
    match_reason: "Match", "일치", "匹配", "比對結果";
    confidence: "confidence {}", "신뢰도 {}", "可信度 {}", "可信度 {}";
    found_by: "Found by", "검색용", "检索用", "檢索用";
    where_used: "Where it was used", "사용 예", "用例", "用例";
    not_used: "It stands in no kept article and in no unit of the memory.", "보관한 기사와 번역 메모리에 나온 적이 없습니다.",
        "保存的稿件和翻译记忆中均未出现。", "保存的稿件和翻譯記憶中均未出現。";
    in_articles: "In kept articles", "보관한 기사", "保存的稿件", "保存的稿件";
    in_memory: "In the translation memory", "번역 메모리", "翻译记忆", "翻譯記憶";
    search_hints: "Enter selects the first card, 1–4 copy its rendering, ↑ ↓ move",
        "Enter: 첫 카드 선택 · 1–4: 표기 복사 · ↑ ↓: 이동", "回车选中首张卡片 · 1–4 复制译名 · ↑ ↓ 移动", "Enter 選取首張卡片 · 1–4 複製譯名 · ↑ ↓ 移動";

    // Check.
    draft: "Draft", "원고", "稿件", "稿件";
    draft_place: "Paste a draft here, or drop a file.", "원고를 붙여넣거나 파일을 끌어다 놓으십시오.", "在此粘贴稿件，或拖入文件。",
        "在此貼上稿件，或拖入檔案。";
    draft_file: "Draft from a file", "원고 파일 열기", "从文件读取稿件", "從檔案讀取稿件";
    source_text: "Text that it was translated from", "원문", "原文", "原文";
    source_place: "Paste the source here, or drop its file.", "원문을 붙여넣거나 파일을 끌어다 놓으십시오.", "在此粘贴原文，或拖入文件。",
        "在此貼上原文，或拖入檔案。";
    source_file: "Source from a file", "원문 파일 열기", "从文件读取原文", "從檔案讀取原文";
    beside_source: "Check beside the source text", "원문과 대조", "对照原文", "對照原文";
    draft_lang: "Language of the draft", "원고 언어", "稿件语言", "稿件語言";
    told_by_letters: "detect", "자동 판별", "自动识别", "自動識別";
    check_now: "Check", "교열하기", "开始校对", "開始校對";
    edit: "Edit", "원고 편집", "编辑", "編輯";
    checked_text: "Checked text", "교열 대상 원고", "待校稿件", "待校稿件";
    findings: "Findings", "지적 사항", "校对结果", "校對結果";
    one_finding: "{} finding", "지적 {}건", "{} 处问题", "{} 處問題";
    many_findings: "{} findings", "지적 {}건", "{} 处问题", "{} 處問題";
    no_finding: "Nothing to report.", "지적할 것이 없습니다.", "未发现问题。", "未發現問題。";
    write: "Write", "바른 표기", "应写作", "應寫作";
    take: "Take {}", "{} 적용", "采纳 {}", "採納 {}";
    take_safe: "Take all safe fixes ({})", "확실한 오류 모두 고치기 ({})", "采纳全部确定的修改（{}）", "採納全部確定的修改（{}）";
    leave: "Leave it", "무시", "保留原文", "保留原文";
    left: "Left as they are", "무시한 항목", "已保留", "已保留";
    bring_back: "Bring back", "되살리기", "恢复", "恢復";
    undo: "Undo", "되돌리기", "撤销", "復原";
    copy_text: "Copy the text", "원고 복사", "复制全文", "複製全文";
    download: "Download", "내려받기", "下载", "下載";
    print: "Print", "인쇄", "打印", "列印";
    not_safe: "probable, not certain", "확실하지 않음", "很可能，但不确定", "很可能，但不確定";
    source_has: "The source has", "원문", "原文为", "原文為";
    see_card: "Card", "용어 보기", "条目", "條目";
    not_aligned: "The two texts do not seem to be versions of one text; the draft was checked alone.",
        "두 글이 같은 글의 번역으로 보이지 않아 원고만 교열했습니다.", "两篇文字不像同一文本的不同译本，因此只校对了稿件。",
        "兩篇文字不像同一文本的不同譯本，因此只校對了稿件。";
    changed_meanwhile: "The text has changed since it was checked; nothing was taken, and it was checked again.",
        "교열한 뒤 원고가 바뀌어 고치지 않고 다시 교열했습니다.", "校对后稿件已有改动，未作修改，已重新校对。",
        "校對後稿件已有改動，未作修改，已重新校對。";
    one_taken: "{} fix taken", "{}건 고침", "已采纳 {} 处修改", "已採納 {} 處修改";
    many_taken: "{} fixes taken", "{}건 고침", "已采纳 {} 处修改", "已採納 {} 處修改";
    no_draft: "There is no text to check; paste a draft or choose a file.", "교열할 글이 없습니다. 원고를 붙여넣거나 파일을 고르십시오.",
        "没有可校对的文字，请粘贴稿件或选择文件。", "沒有可校對的文字，請貼上稿件或選擇檔案。";
    no_lang: "The language of the draft cannot be told from its letters; choose it.",
        "글자만으로 원고의 언어를 알 수 없습니다. 언어를 고르십시오.", "无法从文字判断稿件语言，请选择。", "無法從文字判斷稿件語言，請選擇。";
    check_hints: "n p move · Enter or f takes · i leaves · z undoes · e edits",
        "n p: 이동 · Enter/f: 고치기 · i: 무시 · z: 되돌리기 · e: 원고 편집",
        "n p 移动 · 回车或 f 采纳 · i 保留 · z 撤销 · e 编辑", "n p 移動 · Enter 或 f 採納 · i 保留 · z 復原 · e 編輯";

    // Keys.
    keys_everywhere: "Everywhere", "어디서나", "通用", "通用";
    key_search: "to the search box", "찾기 칸으로", "到查询框", "到查詢框";
    key_views: "Search, Check, Glossary", "찾기, 교열, 용어집", "查询、校对、术语表", "查詢、校對、詞彙表";
    key_keys: "these keys", "단축키 보기", "显示快捷键", "顯示快速鍵";
    key_select: "next, previous card", "다음 카드, 이전 카드", "下一张、上一张卡片", "下一張、上一張卡片";
    key_copy: "copy English, Korean, simplified, traditional", "영어·한국어·간체·번체 표기 복사", "复制英、韩、简、繁译名", "複製英、韓、簡、繁譯名";
    key_check: "check the draft", "교열하기", "开始校对", "開始校對";
    key_finding: "next, previous finding", "다음 지적, 이전 지적", "下一处、上一处问题", "下一處、上一處問題";
    key_take: "take the fix", "고치기", "采纳修改", "採納修改";
    key_leave: "leave it", "무시", "保留原文", "保留原文";
    key_undo: "undo the last fix", "마지막 수정 되돌리기", "撤销上一次修改", "復原上一次修改";
    key_edit: "edit the text", "원고 편집", "编辑稿件", "編輯稿件";

    // Glossary.
    filter: "Filter", "거르기", "筛选", "篩選";
    text_in_it: "Words", "검색어", "关键词", "關鍵詞";
    kind: "Kind", "종류", "类别", "類別";
    status: "Status", "상태", "状态", "狀態";
    any: "any", "모두", "全部", "全部";
    has: "With a term in", "용어가 있는 언어", "含该语种", "含該語種";
    misses: "Without a term in", "용어가 없는 언어", "缺该语种", "缺該語種";
    own_only: "only your own", "자체 용어만", "仅看本社条目", "僅看本社條目";
    show: "Show", "보기", "显示", "顯示";
    concepts: "Concepts", "항목", "条目", "條目";
    no_concepts: "No concept is like that.", "조건에 맞는 항목이 없습니다.", "没有符合条件的条目。", "沒有符合條件的條目。";
    next_page: "Next page", "다음", "下一页", "下一頁";
    first_page: "First page", "처음", "首页", "首頁";
    new_concept: "New concept", "새 항목", "新增条目", "新增條目";
    change: "Change", "고치기", "修改", "修改";
    save: "Save", "저장", "保存", "儲存";
    save_anyway: "Save all the same", "그래도 저장", "仍然保存", "仍然儲存";
    cancel: "Cancel", "취소", "取消", "取消";
    concept_id: "Id", "ID", "编号", "編號";
    id_hint: "Left empty, it is made of the first term.", "비워 두면 첫 용어를 바탕으로 자동 생성합니다.", "留空则由首个术语生成。",
        "留空則由首個詞彙產生。";
    id_unfit: "An id has letters, digits, dots and hyphens, and no blank.", "ID에는 글자·숫자·점·붙임표만 쓰고 빈칸은 쓸 수 없습니다.",
        "编号只能含字母、数字、点和连字符，不能有空格。", "編號只能含字母、數字、點和連字號，不能有空格。";
    id_taken: "Another concept has this id.", "이미 있는 ID입니다.", "该编号已被使用。", "該編號已被使用。";
    domain: "Domain", "분야", "领域", "領域";
    valid_from: "Valid from", "시작일", "生效日", "生效日";
    valid_to: "Valid to", "종료일", "失效日", "失效日";
    terms_hint: "One a line. {from=2024; to=2025; note=…} behind a term says more.",
        "한 줄에 하나씩. 용어 뒤에 {from=2024; to=2025; note=…}를 붙일 수 있습니다.", "每行一个。术语后可加 {from=2024; to=2025; note=…}。",
        "每行一個。詞彙後可加 {from=2024; to=2025; note=…}。";
    no_terms: "A concept needs at least one term.", "용어가 하나는 있어야 합니다.", "条目至少要有一个术语。", "條目至少要有一個詞彙。";
    conflicts: "Conflicts ({})", "충돌 {}건", "冲突 {} 条", "衝突 {} 筆";
    changed_by_other: "Somebody else has changed this concept in the meantime. Your form is below; what is kept now stands beside it.",
        "그 사이 다른 사람이 이 항목을 고쳤습니다. 입력하신 내용은 아래에 그대로 있고, 지금 저장된 내용을 함께 보여 드립니다.",
        "期间有人修改了本条目。您填写的内容保留在下方，并列出当前保存的内容。", "期間有人修改了本條目。您填寫的內容保留在下方，並列出目前儲存的內容。";
    kept_now: "Kept now", "현재 저장된 내용", "当前内容", "目前內容";
    saved: "Saved.", "저장했습니다.", "已保存。", "已儲存。";
    unchanged: "Nothing was changed.", "달라진 것이 없습니다.", "没有变化。", "沒有變化。";
    history: "History", "변경 이력", "修改记录", "修改紀錄";
    came_with: "came with tongsa", "기본 제공", "随程序提供", "隨程式提供";
    first_version: "first version", "첫 등록", "首次登记", "首次登記";
    imports: "Imports", "가져온 기록", "导入记录", "匯入紀錄";
    import: "Import", "가져오기", "导入", "匯入";
    import_file: "Glossary file (CSV, TSV)", "용어집 파일 (CSV, TSV)", "术语表文件（CSV、TSV）", "詞彙表檔案（CSV、TSV）";
    import_drop: "Choose a file, or drop it here. Nothing is kept before you have seen the report.",
        "파일을 고르거나 여기에 끌어다 놓으십시오. 결과를 확인하기 전에는 저장하지 않습니다.", "选择文件或拖到此处。确认预览之前不会保存任何内容。",
        "選擇檔案或拖到此處。確認預覽之前不會儲存任何內容。";
    preview: "Preview", "미리 보기", "预览", "預覽";
    encoding: "Encoding", "인코딩", "编码", "編碼";
    columns: "Columns", "열", "列", "欄";
    added: "{} added", "추가 {}건", "新增 {} 条", "新增 {} 筆";
    changed: "{} changed", "변경 {}건", "更改 {} 条", "變更 {} 筆";
    same: "{} unchanged", "변동 없음 {}건", "未变 {} 条", "未變 {} 筆";
    rejected: "{} rejected", "제외 {}건", "未接受 {} 条", "未接受 {} 筆";
    line: "Line", "줄", "行", "行";
    reason: "Reason", "이유", "原因", "原因";
    and_more: "and {} more", "외 {}건", "另有 {} 条", "另有 {} 筆";
    keep: "Keep it", "가져오기 확정", "确认导入", "確認匯入";
    nothing_kept: "Nothing has been kept yet.", "아직 저장하지 않았습니다.", "尚未保存。", "尚未儲存。";
    kept: "Kept as import {}.", "가져오기 {}번으로 저장했습니다.", "已保存为导入 {}。", "已儲存為匯入 {}。";
    no_file: "Choose a file first.", "먼저 파일을 고르십시오.", "请先选择文件。", "請先選擇檔案。";
    take_back: "Take back", "가져오기 취소", "撤回", "撤回";
    taken_back: "Import {} was taken back.", "가져오기 {}번을 취소했습니다.", "已撤回导入 {}。", "已撤回匯入 {}。";
    no_imports: "Nothing has been imported yet.", "가져온 기록이 없습니다.", "尚无导入。", "尚無匯入。";
    export: "Export", "내보내기", "导出", "匯出";
    export_own: "Your own as CSV", "자체 용어집 (CSV)", "本社术语（CSV）", "本社詞彙（CSV）";
    export_all: "Everything as CSV", "전체 (CSV)", "全部（CSV）", "全部（CSV）";

    // Signing in.
    sign_in: "Sign in", "로그인", "登录", "登入";
    sign_out: "Sign out", "로그아웃", "退出登录", "登出";
    token: "Token", "토큰", "令牌", "權杖";
    token_hint: "The one who runs this server has it.", "서버 관리자에게 받으십시오.", "请向服务器管理员索取。", "請向伺服器管理員索取。";
    token_wrong: "This token is not the one.", "토큰이 맞지 않습니다.", "令牌不正确。", "權杖不正確。";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_text_with_the_same_places() {
        for row in ROWS {
            let places = row.map(|text| text.matches("{}").count());
            assert!(places.iter().all(|count| *count == places[0]), "{row:?}");
            assert!(row.iter().all(|text| !text.trim().is_empty()), "{row:?}");
        }
    }

    #[test]
    fn each_language_is_written_in_its_script() {
        use crate::text::han::{self, HanScript};
        use crate::text::script::Script;
        // Names in other scripts stand in the examples.
        for [english, korean, simplified, traditional] in ROWS.iter().filter(|row| !row[0].contains("Diaoyutai")) {
            let has = |text: &str, script: Script| text.chars().any(|c| Script::of(c) == script);
            assert!(!has(english, Script::Han) && !has(english, Script::Hangul), "{english}");
            assert!(!has(korean, Script::Han), "{korean}");
            assert!(!has(simplified, Script::Hangul) && !has(traditional, Script::Hangul), "{simplified} {traditional}");
            assert!(simplified.chars().all(|c| han::script(c) != HanScript::Traditional), "{simplified}");
            assert!(traditional.chars().all(|c| han::script(c) != HanScript::Simplified), "{traditional}");
        }
    }
}
