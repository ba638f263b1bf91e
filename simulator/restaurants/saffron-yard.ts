// An Indian restaurant in London, with as many takeaways as tables.
import { section, tables, type Restaurant } from './restaurant.ts';

const heat = {
  add: ['Extra hot', 'Mild', 'Extra sauce', 'Coriander'],
  remove: ['No cream', 'No onion', 'No coriander'],
};

export const saffronYard: Restaurant = {
  id: 'r-101',
  name: 'Saffron Yard',
  timeZone: 'Europe/London',
  tables: tables(18),
  stations: [
    { name: 'Curry', categories: ['curry', 'rice'], fallback: true },
    { name: 'Tandoor', categories: ['tandoor', 'bread'] },
    { name: 'Fryer', categories: ['fryer'] },
    { name: 'Cold and drinks', categories: ['cold', 'drinks'] },
  ],
  menu: [
    ...section('fryer', 1, { add: ['Tamarind chutney', 'Extra crisp'], remove: ['No chutney'] }, [
      ['OBH', 'Onion Bhaji'],
      ['SAV', 'Vegetable Samosa', 'gluten'],
      ['SAL', 'Lamb Samosa', 'gluten'],
      ['PAK', 'Paneer Pakora', 'milk'],
      ['ALC', 'Aloo Chaat'],
    ]),
    ...section('tandoor', 1, { add: ['Well done', 'Extra lemon'], remove: ['No salad', 'No onion'] }, [
      ['TKA', 'Chicken Tikka', 'milk'],
      ['SKB', 'Seekh Kebab'],
      ['TPR', 'Tandoori King Prawn', 'crustaceans', 'milk'],
      ['LCH', 'Lamb Chops', 'milk', 'mustard'],
      ['PTK', 'Paneer Tikka', 'milk'],
    ]),
    ...section('curry', 2, heat, [
      ['CTM', 'Chicken Tikka Masala', 'milk', 'nuts'],
      ['BUT', 'Butter Chicken', 'milk', 'nuts'],
      ['KOR', 'Chicken Korma', 'milk', 'nuts'],
      ['RJO', 'Lamb Rogan Josh'],
      ['VIN', 'Lamb Vindaloo', 'mustard'],
      ['JAL', 'Chicken Jalfrezi'],
      ['SAG', 'Saag Paneer', 'milk'],
      ['DAL', 'Tarka Dal', 'milk'],
      ['CHA', 'Chana Masala'],
      ['PRM', 'Prawn Moilee', 'crustaceans', 'mustard'],
    ]),
    ...section('rice', 2, { add: ['Extra portion'] }, [
      ['PIL', 'Pilau Rice', 'milk'],
      ['BAS', 'Basmati Rice'],
      ['MUS', 'Mushroom Rice'],
    ]),
    ...section('bread', 2, { add: ['Extra butter'], remove: ['No butter'] }, [
      ['NAN', 'Plain Naan', 'gluten', 'milk'],
      ['GNA', 'Garlic Naan', 'gluten', 'milk'],
      ['PES', 'Peshwari Naan', 'gluten', 'milk', 'nuts'],
      ['ROT', 'Tandoori Roti', 'gluten'],
    ]),
    ...section('cold', 3, {}, [
      ['RAI', 'Cucumber Raita', 'milk'],
      ['KUL', 'Pistachio Kulfi', 'milk', 'nuts'],
      ['GJA', 'Gulab Jamun', 'milk', 'gluten'],
    ]),
    ...section('drinks', 1, { add: ['No ice'] }, [
      ['MLA', 'Mango Lassi', 'milk'],
      ['COB', 'Cobra 330 ml', 'gluten'],
      ['CHI', 'Masala Chai', 'milk'],
    ]),
  ],
  types: [
    ['DINE_IN', 5],
    ['TAKEAWAY', 3],
    ['DELIVERY', 2],
  ],
  orderNotes: [
    'Birthday',
    'High chair needed',
    'Bring everything at once',
    'In a hurry: theatre at eight',
    'Leave at reception',
  ],
  lineNotes: ['Sauce on the side', 'Cut in half', 'For the child', 'Not too salty'],
  allergies: {
    entries: ['nuts', 'milk', 'crustaceans', 'mustard'],
    orderNotes: ['Guest has a nut allergy', 'NO NUTS please, very sick last time', 'Alergia al marisco'],
    lineNotes: ['severe peanut allergy', 'lactose intolerant'],
    modifiers: ['Nut allergy', 'Dairy free', 'Gluten free'],
  },
};
