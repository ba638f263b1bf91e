// The phrases by which guests and staff say that a guest must not have something, and those that only sound like it.
import { describe, expect, test } from 'vitest';
import { ALLERGENS, type Allergen } from '../protocol/readings.ts';
import { allergyReader } from './reader.ts';

const { allergensIn, warningOf } = allergyReader;

/** Notes that are warnings, with the allergens that they name. */
const WARNINGS: Record<string, Record<string, readonly Allergen[]>> = {
  English: {
    'nut allergy!!': ['nuts'],
    'severe nut allergy': ['nuts'],
    'Guest has a nut allergy': ['nuts'],
    'ＮＵＴ ＡＬＬＥＲＧＹ': ['nuts'],
    'nut\u00a0allergy': ['nuts'],
    ALLERGY: [],
    'ALERGY NUTS': ['nuts'],
    'alergic 2 milk': ['milk'],
    'ALLERGIC to milk': ['milk'],
    'allergic to prawns and nuts': ['crustaceans', 'nuts'],
    'carries an EpiPen': [],
    'epi-pen in her bag': [],
    'risk of anaphylaxis': [],
    'lactose intolerant': ['milk'],
    coeliac: ['gluten'],
    'Celiac!': ['gluten'],
    'NO NUTS please, very sick': ['nuts'],
    'no nuts': ['nuts'],
    'No peanuts': ['peanuts'],
    'no shellfish please': ['shellfish'],
    'without sesame': ['sesame'],
    'no onions or nuts': ['nuts'],
    'no dairy, no egg': ['milk', 'eggs'],
    'w/o gluten': ['gluten'],
    'No egg!!! makes him very sick': ['eggs'],
    'no milk, hospital last time': ['milk'],
    'gluten free please': ['gluten'],
    'nut-free please': ['nuts'],
    'nut and dairy free': ['nuts', 'milk'],
    'dairy/gluten free': ['milk', 'gluten'],
    'free of nuts': ['nuts'],
    'GF bun please': ['gluten'],
    DF: ['milk'],
    'egg free': ['eggs'],
    "can't eat shellfish": ['shellfish'],
    'cannot have dairy': ['milk'],
    'must not have celery': ['celery'],
    'peanuts will kill her': ['peanuts'],
    'sensitive to gluten': ['gluten'],
    'please avoid sesame': ['sesame'],
    'traces of peanuts are dangerous': ['peanuts'],
    'beware of cross contamination': [],
    'no allergies except nuts': ['nuts'],
    'no known allergies except strawberries': [],
    'except for peanuts no allergies': ['peanuts'],
    'no allergies but gluten intolerant': ['gluten'],
    'No allergies, only nuts': ['nuts'],
    'No nut allergy': ['nuts'],
    'NO NUTS ALLERGY': ['nuts'],
    'NO! Allergy to nuts': ['nuts'],
    'NO allergy to nuts': ['nuts'],
    'No, allergic to shellfish': ['shellfish'],
    'No I have allergies': [],
    'Allergies: no nuts': ['nuts'],
    'Allergies: no. Nuts!': [],
    'No onion. Nut allergy': ['nuts'],
    'Extra cheese. Nut allergy': ['nuts'],
    'nut allergy, no other allergies': ['nuts'],
  },
  German: {
    Nussallergie: ['nuts'],
    'Erdnussallergie!': ['peanuts'],
    'Allergie gegen Nüsse': ['nuts'],
    'Gast ist Allergiker': [],
    Zöliakie: ['gluten'],
    Laktoseintoleranz: ['milk'],
    'Unverträglichkeit: Sellerie': ['celery'],
    'glutenfrei bitte': ['gluten'],
    laktosefrei: ['milk'],
    eifrei: ['eggs'],
    'frei von Nüssen': ['nuts'],
    'Kein Gluten': ['gluten'],
    'keine Nüsse': ['nuts'],
    'verträgt keine Milch': ['milk'],
    'keine Allergien außer Nüsse': ['nuts'],
  },
  Spanish: {
    'Alergia a los frutos secos': ['nuts'],
    'alérgica al marisco': ['shellfish'],
    celíaco: ['gluten'],
    'sin gluten': ['gluten'],
    'Sin lactosa por favor': ['milk'],
    'libre de gluten': ['gluten'],
    'sin cacahuetes': ['peanuts'],
    'no puede comer huevo': ['eggs'],
    'sin alergias salvo marisco': ['shellfish'],
  },
  French: {
    'allergique aux arachides': ['peanuts'],
    "allergie à l'œuf": ['eggs'],
    'intolérance au lactose': ['milk'],
    'sans gluten': ['gluten'],
    'pas de fruits à coque': ['nuts'],
    'aucune allergie sauf arachides': ['peanuts'],
    'ne peut pas manger de poisson': ['fish'],
  },
  Italian: {
    'allergico alle noci': ['nuts'],
    'intollerante al lattosio': ['milk'],
    'senza glutine': ['gluten'],
    celiachia: ['gluten'],
    'allergia ai crostacei': ['crustaceans'],
  },
  Portuguese: { 'alérgica a amendoim': ['peanuts'], 'sem glúten': ['gluten'], 'intolerância à lactose': ['milk'] },
  Dutch: {
    notenallergie: ['nuts'],
    glutenvrij: ['gluten'],
    "pinda's weglaten": ['peanuts'],
    'allergisch voor vis': ['fish'],
  },
  Swedish: {
    jordnötsallergi: ['peanuts'],
    'glutenfritt tack': ['gluten'],
    äggfri: ['eggs'],
    'tål inte laktos': ['milk'],
  },
  Danish: { nøddeallergi: ['nuts'], glutenfri: ['gluten'], cøliaki: ['gluten'] },
  Polish: {
    'alergia na orzechy': ['nuts'],
    'uczulenie na mleko': ['milk'],
    'bez glutenu': ['gluten'],
    bezglutenowe: ['gluten'],
  },
  Turkish: { 'fıstık alerjisi var': ['nuts'], glutensiz: ['gluten'], 'çölyak hastası': ['gluten'] },
  Russian: { 'аллергия на орехи': ['nuts'], 'без глютена': ['gluten'], 'непереносимость лактозы': ['milk'] },
  Ukrainian: { 'алергія на горіхи': ['nuts'], 'без глютену': ['gluten'] },
  Greek: { 'αλλεργία στα φιστίκια': ['peanuts'], 'χωρίς γλουτένη': ['gluten'] },
  Chinese: {
    客人花生过敏: ['peanuts'],
    對堅果過敏: ['nuts'],
    海鲜过敏: ['seafood'],
    乳糖不耐: ['milk'],
    无麸质: ['gluten'],
    无麸质过敏: ['gluten'],
    '花生敏感，不能吃花生': ['peanuts'],
    不要花生: ['peanuts'],
    走花生: ['peanuts'],
    '没有过敏，除了花生': ['peanuts'],
  },
  Japanese: {
    アレルギー: [],
    ｱﾚﾙｷﾞｰ: [],
    えびアレルギーです: ['crustaceans'],
    グルテンフリー: ['gluten'],
    卵が食べられません: ['eggs'],
    ナッツ抜き: ['nuts'],
  },
  Korean: { '땅콩 알레르기': ['peanuts'], '견과류 알러지 있어요': ['nuts'], '글루텐 프리': ['gluten'] },
  Arabic: { 'حساسية من المكسرات': ['nuts'], 'رجاء بدون غلوتين': ['gluten'], 'عنده حَسَاسِيَّة': [] },
  Hebrew: { 'אלרגי לאגוזים': ['nuts'], 'ללא גלוטן': ['gluten'], 'חולה צליאק': ['gluten'] },
  Hindi: { 'मूंगफली से एलर्जी': ['peanuts'], 'लैक्टोज असहिष्णु': ['milk'] },
  Vietnamese: { 'dị ứng hải sản': ['seafood'] },
  Thai: { แพ้อาหารทะเล: ['seafood'] },
};

/** Notes that are none. */
const NONE: Record<string, readonly string[]> = {
  'allergies denied': [
    'no allergies',
    'No allergies!',
    'NO KNOWN FOOD ALLERGIES',
    'no known allergies',
    'no allergies or intolerances',
    'no allergies, no rush',
    'no allergies, extra cheese',
    'no allergies. extra nuts please',
    'no allergy, add egg',
    'no allergies but no onions please',
    'Allergies: none',
    'Allergies? No',
    'allergies - none',
    'Allergies: n/a',
    'not allergic',
    "isn't allergic, just doesn't like onions",
    'it is not an allergy',
    "doesn't have any allergies",
    'keine Allergien',
    'keine Allergien bekannt',
    'keine bekannten Allergien',
    'Allergien: keine',
    'ohne Allergien',
    'nicht allergisch',
    'sin alergias',
    'no tiene alergias',
    'sin alergias conocidas',
    'no es alérgico',
    'ninguna alergia',
    'aucune allergie',
    "pas d'allergie",
    'pas d’allergies',
    "n'a pas d'allergies",
    'sans allergie',
    'nessuna allergia',
    'senza allergie',
    'non ha allergie',
    'sem alergias',
    'nenhuma alergia',
    'não tem alergias',
    'geen allergieën',
    'niet allergisch',
    'inga allergier',
    'ingen allergi',
    'brak alergii',
    'bez alergii',
    'nie mam alergii',
    'alerji yok',
    'alerjim yok',
    'alerjik değil',
    'нет аллергии',
    'аллергии нет',
    'без аллергии',
    'немає алергії',
    '无过敏',
    '無過敏',
    '没有过敏',
    '不过敏',
    '过敏：无',
    'アレルギーなし',
    'アレルギーはありません',
    'アレルギー無し',
    '알레르기 없음',
    '알러지 없어요',
    '알레르기 없습니다',
    'لا حساسية',
    'لا توجد حساسية',
    'אין אלרגיות',
    'ללא אלרגיות',
    'कोई एलर्जी नहीं',
    'ไม่มีอาการแพ้',
  ],
  'a matter of taste': [
    'no onion',
    'no cheese',
    'no cream please',
    'no mustard',
    'no milk in coffee',
    'no butter',
    'no mayo',
    'No prawns',
    'no soy sauce',
    'no fish sauce',
    'hold the cheese',
    'no onions, nuts on the side',
    'ohne Zwiebel',
    'keine Zwiebeln',
    'sin cebolla',
    'sans oignon',
    '不要香菜',
    '不要辣',
    '走葱',
    'ネギ抜き',
    'soğansız',
  ],
  'wanted, or no food': [
    'birthday',
    'enjoy!',
    'no ice',
    'extra cheese',
    'milk on the side',
    'egg well done',
    'with nuts please',
    'extra nuts',
    'extra egg free',
    'free cheese please',
    'coconut milk',
    'doughnuts',
    'no doughnuts, thanks',
    'no nutmeg',
    'no eggplant',
    'butternut squash',
    'sugar free',
    'not gluten free',
    "it's my GF's birthday",
    'my gf loves spicy',
    'my GF is late',
    'Window seat, please',
    'killer burger',
    'Käse extra',
    'die Nüsse extra bitte',
    'alles gut',
    'well done, no pink',
    '多加花生',
    '少辣',
    '',
  ],
};

for (const [language, phrases] of Object.entries(WARNINGS))
  describe(`a warning in ${language}`, () => {
    test.each(Object.entries(phrases))('%s', (phrase, allergens) =>
      expect([...(warningOf(phrase, 'note') ?? ['none'])].sort()).toEqual([...allergens].sort()),
    );
  });

for (const [kind, phrases] of Object.entries(NONE))
  describe(`no warning: ${kind}`, () => {
    test.each(phrases)('%s', (phrase) => expect(warningOf(phrase, 'note')).toBeNull());
  });

describe('as a modifier', () => {
  test.each([
    'Nut allergy',
    'Sin gluten',
    'gluten free',
    'GF',
    'gf bun',
    'Lactose-free milk',
    'NO gluten',
    'Dairy free',
    '无麸质',
  ])('"%s" warns', (name) => expect(warningOf(name, 'modifier')).not.toBeNull());
  test.each([
    'NO peanuts',
    'No nuts',
    'No cheese',
    'Extra nuts',
    'No onion',
    '不要花生',
    'Add egg',
    'Oat milk',
    'no allergies',
  ])('"%s" is a choice of taste', (name) => expect(warningOf(name, 'modifier')).toBeNull());
});

test('a dish that a till rings up for an allergy warns; a dish that says what it is free of does not', () => {
  expect(warningOf('*** NUT ALLERGY ***', 'dish')).toEqual(['nuts']);
  for (const name of ['Gluten free pizza', 'GF bun', 'Low allergen curry', 'No nuts brownie', 'Nut roast'])
    expect(warningOf(name, 'dish'), name).toBeNull();
});

test('every allergen is known by its own English name, and is not read out of what leaves it out', () => {
  for (const allergen of ALLERGENS) expect(allergensIn(allergen), allergen).toContain(allergen);
  expect(allergensIn('Chicken satay with peanut sauce')).toEqual(['peanuts']);
  expect(allergensIn('Gluten free bread without nuts')).toEqual(['gluten']);
  expect(allergensIn('no cheese')).toEqual([]);
});

test('signs, case, accents and spaces change nothing, and no text is too odd to be read', () => {
  for (const phrase of [
    'NUT ALLERGY',
    ' nut   allergy ',
    '**nut allergy**',
    'nut_allergy',
    'Nut-Allergy',
    'nut/allergy',
  ])
    expect(warningOf(phrase, 'note'), phrase).toEqual(['nuts']);
  for (const odd of ['', ' ', '🥜', '\u0000', '\ud800', '[('.repeat(500), 'x'.repeat(5000), 'no '.repeat(2000)])
    expect(warningOf(odd, 'note')).toBeNull();
});

test('whatever says as a note that somebody is allergic says so as the name of a dish, too', () => {
  for (const phrases of Object.values(WARNINGS))
    for (const phrase of Object.keys(phrases))
      if (warningOf(phrase, 'dish') === null)
        // The others speak of no allergy: they leave out an allergen, or say that the dish is free of it.
        expect(phrase).not.toMatch(/allerg|alerg|аллерг|алерг|过敏|過敏|アレルギ|celia|intoler|epi-?pen/iu);
});
