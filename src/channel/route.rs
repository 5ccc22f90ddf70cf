//! The routes by which a name is garbled.
//!
//! Shared with the build script, so it depends on nothing.

/// How many routes are scored at once; the width of every row of costs.
pub const LANES: usize = 16;

/// The way a name went: through which script, and how it was read back. `route as usize` is its lane in a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Route {
    Arabic,
    Persian,
    Russian,
    ReadArabic,
    Hebrew,
    Greek,
    Korean,
    Japanese,
    Chinese,
    PlainArabic,
    PlainHebrew,
    PlainRussian,
    PlainKorean,
    PlainJapanese,
    PlainChinese,
    Typing,
}

impl Route {
    /// All routes, in the order of their lanes.
    pub const ALL: [Route; LANES] = [
        Route::Arabic,
        Route::Persian,
        Route::Russian,
        Route::ReadArabic,
        Route::Hebrew,
        Route::Greek,
        Route::Korean,
        Route::Japanese,
        Route::Chinese,
        Route::PlainArabic,
        Route::PlainHebrew,
        Route::PlainRussian,
        Route::PlainKorean,
        Route::PlainJapanese,
        Route::PlainChinese,
        Route::Typing,
    ];

    /// What a reader calls it: "Arabic" for a name that was spelled out anew from Arabic, "Arabic letters" for one
    /// whose letters were replaced one by one.
    pub fn name(self) -> &'static str {
        match self {
            Route::Arabic => "Arabic",
            Route::Persian => "Persian",
            Route::Russian => "Russian",
            Route::ReadArabic => "Arabic, read by the letter",
            Route::Hebrew => "Hebrew",
            Route::Greek => "Greek",
            Route::Korean => "Korean",
            Route::Japanese => "Japanese",
            Route::Chinese => "Chinese",
            Route::PlainArabic => "Arabic letters",
            Route::PlainHebrew => "Hebrew letters",
            Route::PlainRussian => "Cyrillic letters",
            Route::PlainKorean => "Korean letters",
            Route::PlainJapanese => "Japanese letters",
            Route::PlainChinese => "Chinese characters",
            Route::Typing => "typing slip",
        }
    }

    /// The language that the name went through, as an ISO 639 code; a typing slip has none.
    pub fn language(self) -> Option<&'static str> {
        Some(match self {
            Route::Arabic | Route::ReadArabic | Route::PlainArabic => "ar",
            Route::Persian => "fa",
            Route::Russian | Route::PlainRussian => "ru",
            Route::Hebrew | Route::PlainHebrew => "he",
            Route::Greek => "el",
            Route::Korean | Route::PlainKorean => "ko",
            Route::Japanese | Route::PlainJapanese => "ja",
            Route::Chinese | Route::PlainChinese => "zh",
            Route::Typing => return None,
        })
    }

    /// The name of the route's table among the weights.
    pub fn stem(self) -> &'static str {
        match self {
            Route::Arabic => "arabic",
            Route::Persian => "persian",
            Route::Russian => "russian",
            Route::ReadArabic => "read-arabic",
            Route::Hebrew => "hebrew",
            Route::Greek => "greek",
            Route::Korean => "korean",
            Route::Japanese => "japanese",
            Route::Chinese => "chinese",
            Route::PlainArabic => "plain-arabic",
            Route::PlainHebrew => "plain-hebrew",
            Route::PlainRussian => "plain-russian",
            Route::PlainKorean => "plain-korean",
            Route::PlainJapanese => "plain-japanese",
            Route::PlainChinese => "plain-chinese",
            Route::Typing => "typing",
        }
    }
}
