// The restaurants of the demo.
import { fornoPonte } from './forno-ponte.ts';
import { luckyJade } from './lucky-jade.ts';
import { saffronYard } from './saffron-yard.ts';

export type { Dish, Restaurant } from './restaurant.ts';
export const restaurants = [saffronYard, fornoPonte, luckyJade];
