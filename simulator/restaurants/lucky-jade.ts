// A Chinese restaurant in Shanghai, whose dishes are written as its cooks read them.
import { section, tables, type Restaurant } from './restaurant.ts';

const wok = { add: ['加辣', '少盐', '多葱', '打包盒另装'], remove: ['不要香菜', '不要蒜', '不要味精'] };

export const luckyJade: Restaurant = {
  id: 'r-103',
  name: '福玉 Lucky Jade',
  timeZone: 'Asia/Shanghai',
  tables: [...tables(16), ...tables(4, '包厢')],
  stations: [
    { name: 'Wok 炒锅', categories: ['热菜'], fallback: true },
    { name: 'Dim sum 点心', categories: ['点心', '甜品'] },
    { name: 'Noodles 面档', categories: ['面饭', '汤'] },
    { name: 'Cold 凉菜', categories: ['凉菜', '饮料'] },
  ],
  menu: [
    ...section('凉菜', 1, { remove: ['不要香菜', '不要辣'] }, [
      ['LC01', '拍黄瓜'],
      ['LC02', '口水鸡', '花生', '芝麻'],
      ['LC03', '夫妻肺片', '花生'],
      ['LC04', '皮蛋豆腐', '蛋', '大豆'],
    ]),
    ...section('点心', 1, { add: ['加醋', '加辣油'] }, [
      ['DX01', '小笼包', '麸质'],
      ['DX02', '虾饺', '甲壳类'],
      ['DX03', '烧卖', '麸质', '甲壳类'],
      ['DX04', '叉烧包', '麸质'],
      ['DX05', '春卷', '麸质'],
      ['DX06', '生煎包', '麸质', '芝麻'],
    ]),
    ...section('热菜', 2, wok, [
      ['RC01', '宫保鸡丁', '花生', '大豆'],
      ['RC02', '麻婆豆腐', '大豆'],
      ['RC03', '红烧肉', '大豆'],
      ['RC04', '鱼香肉丝', '大豆'],
      ['RC05', '糖醋里脊', '麸质'],
      ['RC06', '清蒸鲈鱼', '鱼', '大豆'],
      ['RC07', '干煸四季豆'],
      ['RC08', '蒜蓉西兰花'],
      ['RC09', '水煮牛肉', '大豆'],
      ['RC10', '椒盐虾', '甲壳类'],
    ]),
    ...section('面饭', 2, { add: ['加面', '加蛋', '加辣'], remove: ['不要葱'] }, [
      ['MF01', '扬州炒饭', '蛋', '甲壳类'],
      ['MF02', '担担面', '麸质', '花生', '芝麻'],
      ['MF03', '兰州牛肉面', '麸质'],
      ['MF04', '葱油拌面', '麸质', '大豆'],
      ['MF05', '白米饭'],
    ]),
    ...section('汤', 2, {}, [
      ['TG01', '酸辣汤', '蛋', '大豆'],
      ['TG02', '番茄蛋花汤', '蛋'],
    ]),
    ...section('甜品', 3, {}, [
      ['TP01', '芝麻汤圆', '芝麻'],
      ['TP02', '杨枝甘露', '奶'],
    ]),
    ...section('饮料', 1, { add: ['少冰', '去冰', '半糖'] }, [
      ['YL01', '菊花茶'],
      ['YL02', '王老吉'],
      ['YL03', '青岛啤酒', '麸质'],
    ]),
  ],
  types: [
    ['DINE_IN', 6],
    ['TAKEAWAY', 2],
    ['DELIVERY', 2],
  ],
  orderNotes: ['过生日', '不要一次性餐具', '一起上菜', '赶时间', '放门口'],
  lineNotes: ['酱汁分开', '切小块', '给小孩', '少油'],
  allergies: {
    entries: ['花生', '甲壳类', 'peanuts'],
    orderNotes: ['花生过敏', '海鲜过敏，请注意', 'severe nut allergy'],
    lineNotes: ['不能吃虾', 'えびアレルギー'],
    modifiers: ['无麸质', 'Nut allergy', '花生过敏'],
  },
};
