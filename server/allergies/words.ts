// The words by which guests and tills say that a guest must not have something: the 14 allergens of the EU, which hold
// the nine of the USA, in the languages that guests write. Read by reader.ts.
//
// Words stand in lower case without accents, as `plain` makes them. `nut` is a whole word, `nuss*` the beginning of one,
// `tree_nut*` several words. Words of scripts without spaces, and of Hebrew, Arabic, Hindi, are found anywhere in a text.
import type { Allergen } from '../protocol/readings.ts';

/**
 * The words of each allergen, by how much leaving it out says. `substance`: nobody leaves it out for its taste. `grave`:
 * in a note, leaving it out counts as an allergy. `name`: leaving it out may be taste. `made`: a food made of it.
 */
export const ALLERGEN_WORDS: Record<
  Allergen,
  { readonly substance?: string; readonly grave?: string; readonly name?: string; readonly made?: string }
> = {
  gluten: {
    substance: `
      gluten* glutin* gluteen* wheat weizen* trigo ble frumento tarwe vete hvete hvede pszeni* bugday* lepek lepk*
      глютен* клейковин* пшениц* γλουτεν* 麸质 麩質 グルテン 小麦 小麥 글루텐 밀가루 غلوتين جلوتين قمح גלוטן חיטה
      ग्लूटेन गेहूं गेहूँ กลูเตน
    `,
    name: 'barley rye spelt gerste roggen dinkel cebada centeno orge seigle segale 大麦 호밀',
    made: 'flour bread mehl brot harina farine farina 面粉 麵粉',
  },
  crustaceans: {
    grave: `
      crustac* crostace* krebstier* krustentier* schaaldier* kraftdjur* skorupiak* kabuklu* ракообразн* ракоподібн*
      甲壳 甲殻 甲殼 갑각 قشريات סרטנים
    `,
    made: `
      prawn* shrimp* crab crabs lobster* crayfish langoust* scampi garnele* krabbe* hummer* gamba* camaron* cangrejo*
      langosta* crevette* crabe* homard* gamber* granchi* aragost* camarao camaroes garnaal garnalen rakor reker
      krewet* krab* karides* креветк* краб* 虾 蝦 蟹 えび エビ 海老 かに カニ 새우 꽃게 جمبري روبيان שרימפס झींगा กุ้ง
    `,
  },
  eggs: {
    name: `
      egg eggs ei eier eiern eiweiss* huhnerei* huevo* oeuf oeufs uovo uova ovo ovos eieren agg aggen aeg jaj*
      yumurta* яйц* 鸡蛋 雞蛋 蛋 卵 たまご タマゴ 玉子 계란 달걀 난류 بيض ביצה ביצים अंडा अंडे ไข่
    `,
    made: 'mayo mayonn*',
  },
  fish: {
    grave: `
      fish fisch* pescado* poisson* pesce pesci peixe* vis fisk* ryba ryby balik* рыб* риба риби 鱼 魚 さかな 생선
      سمك דגים मछली ปลา
    `,
    made: `
      fish_sauce tuna salmon* anchov* cod lachs thunfisch sardell* atun thon saumon anchois tonno acciug* zalm tonijn
      lax
    `,
  },
  peanuts: {
    grave: `
      peanut* pea_nut* groundnut* erdnuss* erdnus* cacahuete* cacahuat* mani arachid* amendoim amendoin* pinda*
      jordnot* jordnodd* jordnod* peanott* orzechy_ziemne orzeszki_ziemne orzechow_ziemnych yer_fistig* арахис*
      арахіс* αραχιδ* φιστικ* 花生 ピーナッツ ピーナツ 落花生 땅콩 dau_phong kacang سوداني בוטנים בוטן मूंगफली
      ถั่วลิสง
    `,
  },
  soya: {
    grave: 'soy soya soja* soia soybean* соя сои сою соев* 大豆 黄豆 だいず 대두 صويا סויה सोया ถั่วเหลือง',
    made: 'soy_sauce soya_sauce sojasau* sojasos* tofu* edamame 豆腐 酱油 醬油 しょうゆ 醤油 간장 두부',
  },
  milk: {
    substance: `
      lactos* laktos* laktoz* laktoos* lattosio lactosa dairy casein* kasein* milchprodukt* milcheiweiss* lacteos
      lacteo laitier* latticini* laticin* lacticin* zuivel* mejeri* nabial* sut_urun* лактоз* λακτοζ* 乳糖 乳制品
      乳製品 奶制品 ラクトース 유당 유제품 لاكتوز البان לקטוז लैक्टोज แลคโตส
    `,
    name: `
      milk milch* leche lait latte leite melk mjolk* maelk* mleko mlek* sut молок* 牛奶 奶 牛乳 ミルク 우유 حليب لبن
      חלב दूध γαλα
    `,
    made: `
      cheese* butter cream creamy yoghurt* yogurt* joghurt* kase sahne rahm queso* mantequilla nata crema fromage*
      beurre creme formaggi* burro panna queijo* manteiga kaas boter smor gradde smietan* maslo peynir* tereyag* сыр*
      сливк* 芝士 奶酪 奶油 黄油 チーズ バター クリーム 치즈 버터 크림 جبن גבינה पनीर paneer ghee mozzarella parmesan*
    `,
  },
  nuts: {
    grave: `
      nut nuts treenut* tree_nut* almond* cashew* hazelnut* walnut* pistachio* pecan* macadamia* nuss* haselnuss*
      walnuss* mandel* pistazi* schalenfrucht* frutos_secos fruto_seco frutos_de_cascara nuez nueces almendra*
      avellana* anacard* pistacho* noix noisette* amande* fruits_a_coque fruit_a_coque pistache* frutta_a_guscio
      frutta_secca noci noce nocciol* mandorl* pistacch* nozes noz amendoa* castanha* avela* frutos_de_casca noten*
      noot hazelno* walno* amandel* notter* notallerg* hasselno* valno* mandlar nodder* noddeallerg* notteallerg*
      orzech* orzesz* migdal* findik* ceviz* badem* fistig* fistik* kuruyemis* орех* ореш* миндал* фундук* кешью
      фисташк* горіх* мигдал* καρυδ* αμυγδαλ* ξηρους_καρπους ξηροι_καρποι 坚果 堅果 杏仁 腰果 核桃 榛子 果仁 ナッツ
      くるみ クルミ 胡桃 アーモンド 木の実 견과 호두 아몬드 캐슈 مكسرات لوز كاجو فستق بندق אגוז שקד मेवे मेवा अखरोट
      बादाम काजू ถั่ว
    `,
  },
  celery: {
    name: `
      celery celeriac sellerie* apio celeri* sedano aipo selderij* selleri* seler* kereviz* сельдере* селер* 芹 セロリ
      셀러리 كرفس סלרי
    `,
  },
  mustard: {
    name: `
      mustard* senf* mostaza* moutarde* senape mostarda* mosterd* senap* sennep* musztard* gorczyc* hardal* горчиц*
      гірчиц* 芥末 芥子 マスタード からし 겨자 خردل חרדל सरसों
    `,
  },
  sesame: {
    grave:
      'sesam* ajonjoli susam* sezam* gergelim tahini tahin кунжут* сезам* 芝麻 ごま ゴマ 胡麻 참깨 سمسم שומשום טחינה तिल',
  },
  sulphites: {
    substance: `
      sulphit* sulfit* solfit* sulfiet* schwefel* siarczyn* sulphur_dioxide sulfur_dioxide сульфит* сульфіт* 亚硫酸
      亜硫酸 아황산 كبريتيت
    `,
  },
  lupin: { substance: 'lupin* altramu* tremoco* lubin* люпин* 羽扇豆 ルピナス 루핀 ترمس' },
  molluscs: {
    grave:
      'mollus* mollusk* weichtier* molusc* weekdier* blotdjur* bloddyr* mieczak* моллюск* молюск* 软体 軟体 연체동물 رخويات',
    made: `
      mussel* oyster* clam clams scallop* squid octopus calamar* muschel* auster* tintenfisch* mejillon* ostra ostras
      almeja* pulpo moules huitre* cozze vongol* mossel* oester* midye* миди* устриц* 贝 貝 生蚝 蚝 鱿 牡蠣 오징어
      조개 محار
    `,
  },
  shellfish: {
    grave: 'shellfish* shell_fish schelpdier* skaldjur* skalldyr* skaldyr* marisco* fruits_de_mer 贝类 貝類 조개류',
  },
  seafood: {
    grave: `
      seafood* meeresfrucht* frutti_di_mare deniz_urun* owoce_morza морепродукт* 海鲜 海鮮 魚介 해산물 בחריים
      ماكولات_بحريه समुद्री_भोजन อาหารทะเล hai_san
    `,
  },
};

/** Words that say by themselves that a guest must not have something. Found inside other words, too: `Nussallergie`. */
export const ALLERGY_WORDS = `
  allerg alerg alerj allerj uczulen uczulon intoleran intolleran nietoleran unvertraglich nesnasenliv anaphyla
  anafyla anafila epipen coeliac coeliaq coeliaki celiac celiaq celiak celiach zoliakie coliaki colyak keliaki
  liszterzekeny аллерг алерг целиак целіак анафила непереносим αλλεργ κοιλιοκακ δυσανεξ
`;
export const ALLERGY_PHRASES = `
  epi_pen di_ung cross_contam* kreuzkontamin* contaminacion_cruzada contamination_croisee 过敏 過敏 不耐 乳糜泻
  乳糜瀉 アレルギー アレルギ セリアック アナフィラ エピペン 알레르기 알러지 알레르지 셀리악 불내증 아나필 에피펜
  حساسيه حساسيت الرجي سيلياك سلياك عدم_تحمل אלרג צליאק אנפיל एलर्ज ऐलर्ज अलर्ज सीलिएक असहिष्णु แพ้ অ্যালার্জি
  ஒவ்வாமை
`;

/** The words of those above that mean a disease of gluten. */
export const COELIAC =
  /celiac|coeliac|coeliaq|celiaq|coeliak|celiak|celiach|zoliak|coliak|colyak|keliak|lisztalt|liszterz|целиак|целіак|κοιλιοκακ|乳糜|セリアック|셀리악|سيلياك|سلياك|צליאק|सीलिएक/u;

/** The roles that other words play in such a sentence. */
export const ROLE_WORDS = {
  /** With an allergen, they say that a guest must not have it. */
  weak: `
    sensitiv* sensibl* sensibil* empfindlich* gevoelig* kanslig* overkanslig* wrazliw* hassas* duyarli* cant_eat
    cannot_eat can_not_eat cant_have cannot_have can_not_have cant_tolerate cannot_tolerate must_not mustnt must_avoid
    avoid* react reacts reaction* contamina* kontamin* traces trace spuren trazas tracce kill kills deadly lethal
    fatal todlich* mortal* mortel* dodelijk* dodlig* darf_kein* darf_nicht vertragt_kein* vertrage_kein*
    no_puede_comer no_puedo_comer no_puede_tomar no_tolera* ne_peut_pas_manger ne_supporte_pas ne_tolere_pas
    non_puo_mangiare non_posso_mangiare non_tollera* nao_pode_comer nao_posso_comer mag_geen kan_niet_tegen tal_inte
    taler_ikke nie_moze nie_moge yiyemem yiyemez dokunuyor чувствител* чутлив* нельзя не_может_есть не_могу_есть
    не_можна 不能吃 不可以吃 不可吃 不能有 忌口 敏感 会死 會死 食べられない 食べれない 食べられません だめ ダメ ng
    못먹 못_먹 ممنوع لا_يمكن אסור רגיש नहीं_खा* मना_है กินไม่ได้
  `,
  /** Deny an allergy that follows, or leave out what follows. */
  no: `
    no non not none zero without isnt dont doesnt arent hasnt havent nil neither nor kein* nicht ohne sin ningun* pas
    sans aucun* nessun* senza niente sem nao nenhum* geen niet zonder inga ingen inte utan ikke uden uten brak bez nie
    zadn* fara nincs khong tanpa tidak нет без не никак* немає нема ніяк* χωρις δεν οχι καμια 无 無 没有 沒有 没 沒 不
    未 ノー لا لا_يوجد لا_توجد بدون ليس بلا אין ללא בלי לא बिना ไม่มี ไม่
  `,
  /** Leave out what follows. */
  leave: 'hold omit exclude minus remove skip leave_out 不要 不加 不放 别放 別放 别加 不含 去 走 免 勿放 勿加 빼고',
  /** Leave out what stands before. */
  left: 'olmasin olmadan koymayin weglassen weglaten 抜き ぬき 抜 なし 無し 不使用 빼 없이 제외 रहित',
  /** Deny an allergy that stands before: `Allergies: none`. */
  none: `
    none no nil nein keine nessuna nessuno ninguna ninguno aucune aucun nenhuma nenhum geen inga ingen brak yok degil
    нет немає нема ні nie nincs không 无 無 没有 沒有 なし 無し ない ありません ないです 없음 없어요 없습니다 없다 없
    لا_يوجد لا_توجد אין नहीं ไม่มี
  `,
  free: 'free frei freie freies freier freien vrij vrije fri fritt fria mentes フリー 프리 मुक्त',
  freeOf: `
    free_of free_from frei_von vrij_van libre_de libres_de livre_de exempt* exent* isent* privo_di priva_di
    esente_da wolne_od خالي خاليه נטול
  `,
  except: `
    except excepting apart_from aside_from other_than besides ausser bis_auf sauf hormis excepte salvo excepto
    tranne eccetto behalve forutom undtagen unntatt oprocz poza haric disinda кроме крім 除了 以外 除く 除外
    제외하고 חוץ ماعدا ما_عدا سوي सिवाय छोड़कर ยกเว้น
  `,
  but: `
    but only just aber nur pero solo mais mas seulement ma maar alleen men bara ale tylko ama sadece но только але 但
    只 でも ただ 하지만 אבל רק لكن فقط लेकिन แต่
  `,
  and: `
    and or nor und oder sowie y o e u ni et ou ed och eller og of en i lub oraz ve veya и или та або 和 或 及 与 跟 と
    や 및 와 과 או और या หรือ และ
  `,
  /** Say nothing of their own between a denial and an allergy. */
  filler: `
    known food foods other any real specific particular reported current dietary to the a an of for bekannt*
    lebensmittel* nahrungsmittel* gegen auf hat haben habe tiene* tengo hay conocid* alimentari* alimentar* al es
    son est d l n de du des ai ont il elle alimentaire* connu* au aux ha ho hanno alla alle not* tem tenho bekende
    heb heeft voor har har_jag kanda kjente mam ma na alerjim var на есть у меня пищев* харчов* 食物 食品 任何 什么
    其他 其它 对 對 有 は が も の など 特に です 음식 식품 는 은 이 가 도 있 습니다 لدي يوجد توجد اي من יש לי อาการ
    है हैं कोई मुझे को से खाद्य เลย
  `,
  /** The same, but never after a bare "no": "No I have allergies" is no denial. */
  loose: 'i im have has had got is are am be he she they we it its guest guests customer client do does there ist sind',
  more: 'extra add more with double mit con avec com met med mehr mas 加 多 追加 추가',
  severe: `
    sick hospital* ambulance emergency severe* serious* danger* will_die could_die can_die may_die would_die krank*
    schwer* sterb* grave* muer* morir malade* mourir malato doente ziek sjuk умр* смерт* 严重 嚴重 死 医院 醫院 重度
    심각 위험 موت خطير סכנ गंभीर
  `,
} as const;
export type WordRole = keyof typeof ROLE_WORDS;

/** Endings and beginnings by which a word says that it is free of the rest of it: `glutenfrei`, `bezglutenowy`. */
export const FREE_ENDINGS = [
  'freie',
  'freier',
  'freies',
  'freien',
  'freiem',
  'frei',
  'vrije',
  'vrij',
  'fritt',
  'fria',
  'frie',
  'fri',
  'free',
  'mentes',
];
export const FREE_BEGINNINGS = ['bez', 'без'];
/** Endings by which a word leaves out the rest of it: `glutensiz`. */
export const LEFT_ENDINGS = ['siz', 'suz', 'iton', 'oton', 'aton'];
