// A pizzeria in New York, busiest with deliveries.
import { section, tables, type Restaurant } from './restaurant.ts';

const pizza = {
  add: ['Extra mozzarella', 'Chilli oil', 'Prosciutto'],
  remove: ['No basil', 'No olives', 'No garlic'],
};

export const fornoPonte: Restaurant = {
  id: 'r-102',
  name: 'Forno Ponte',
  timeZone: 'America/New_York',
  tables: [...tables(14), ...tables(6, 'T')],
  stations: [
    { name: 'Oven', categories: ['pizza', 'calzone'] },
    { name: 'Pasta', categories: ['pasta', 'main'], fallback: true },
    { name: 'Garde manger', categories: ['antipasti', 'salad', 'dessert'] },
    { name: 'Bar', categories: ['drinks', 'coffee'] },
  ],
  menu: [
    ...section('antipasti', 1, { add: ['Extra bread'], remove: ['No bread'] }, [
      ['BRU', 'Bruschetta', 'gluten'],
      ['BUR', 'Burrata', 'milk'],
      ['ARA', 'Arancini', 'gluten', 'milk', 'egg'],
      ['CAR', 'Beef Carpaccio', 'milk'],
    ]),
    ...section('salad', 1, { add: ['Dressing on the side', 'Chicken'], remove: ['No croutons', 'No onion'] }, [
      ['CAE', 'Caesar Salad', 'gluten', 'egg', 'fish', 'milk'],
      ['RUC', 'Rucola e Grana', 'milk'],
    ]),
    ...section('pizza', 2, pizza, [
      ['MAR', 'Margherita', 'gluten', 'milk'],
      ['DIA', 'Diavola', 'gluten', 'milk'],
      ['QFO', 'Quattro Formaggi', 'gluten', 'milk'],
      ['CAP', 'Capricciosa', 'gluten', 'milk'],
      ['PRO', 'Prosciutto e Funghi', 'gluten', 'milk'],
      ['NAP', 'Napoli', 'gluten', 'milk', 'fish'],
      ['ORT', 'Ortolana', 'gluten', 'milk'],
      ['BIA', 'Bianca con Patate', 'gluten', 'milk'],
    ]),
    ...section('calzone', 2, pizza, [['CLZ', 'Calzone Classico', 'gluten', 'milk']]),
    ...section('pasta', 2, { add: ['Extra parmesan', 'Wholewheat pasta'], remove: ['No cheese', 'No chilli'] }, [
      ['CBN', 'Spaghetti Carbonara', 'gluten', 'egg', 'milk'],
      ['ARR', 'Penne all’Arrabbiata', 'gluten'],
      ['RAG', 'Tagliatelle al Ragù', 'gluten', 'egg', 'celery'],
      ['VON', 'Linguine alle Vongole', 'gluten', 'molluscs'],
      ['LAS', 'Lasagne', 'gluten', 'milk', 'egg'],
    ]),
    ...section('main', 2, { add: ['Rare', 'Medium', 'Well done'] }, [
      ['TAG', 'Tagliata di Manzo'],
      ['BRZ', 'Branzino', 'fish'],
    ]),
    ...section('dessert', 3, { add: ['Two spoons', 'Candle'] }, [
      ['TIR', 'Tiramisù', 'egg', 'milk', 'gluten'],
      ['PAN', 'Panna Cotta', 'milk'],
      ['AFF', 'Affogato', 'milk'],
    ]),
    ...section('drinks', 1, { add: ['No ice', 'Lemon'] }, [
      ['SPR', 'Aperol Spritz', 'sulphites'],
      ['CHN', 'Chianti, glass', 'sulphites'],
      ['SPA', 'San Pellegrino'],
    ]),
    ...section('coffee', 3, { add: ['Oat milk', 'Decaf'] }, [
      ['ESP', 'Espresso'],
      ['CPC', 'Cappuccino', 'milk'],
    ]),
  ],
  types: [
    ['DINE_IN', 4],
    ['TAKEAWAY', 2],
    ['DELIVERY', 4],
  ],
  orderNotes: ['Ring twice', 'Anniversary', 'Leave with the neighbour', 'No cutlery', 'High chair needed'],
  lineNotes: ['Well baked', 'Half and half with Diavola', 'Cut in eight', 'Kids’ portion'],
  allergies: {
    entries: ['glutine', 'latte', 'nuts'],
    orderNotes: ['Coeliac: gluten-free only', 'Allergico alle noci', 'Laktoseintoleranz'],
    lineNotes: ['celiaco', 'no shellfish, allergic'],
    modifiers: ['Gluten-free base', 'Senza glutine', 'Lactose free', 'Nut allergy'],
  },
};
